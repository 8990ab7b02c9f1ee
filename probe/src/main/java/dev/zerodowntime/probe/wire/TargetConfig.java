package dev.zerodowntime.probe.wire;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is asked of whom, and which answer is correct.
 *
 * @param url what to ask for
 * @param connectTo where to connect instead of the URL's host and port, not resolved;
 * {@code null}: there
 * @param versionHeader the answer's header that names the version
 * @param method the HTTP method
 * @param headers headers to add, in their order; they replace the probe's own of the same
 * name
 * @param body the request's content
 * @param expectedStatus statuses of a correct answer
 * @param expectedBody text a correct answer contains
 * @param insecure whether any TLS certificate will do
 * @param caCertificates a PEM file with the certificates to trust
 * @param requests what is sent in turn, instead of the method, path and body; empty: only
 * those
 */
public record TargetConfig(URI url, @Nullable InetSocketAddress connectTo, String versionHeader, String method,
		List<Header> headers, String body, StatusSet expectedStatus, @Nullable String expectedBody, boolean insecure,
		@Nullable Path caCertificates, List<RequestLine> requests) {

	/** Copies the lists. */
	public TargetConfig {
		headers = List.copyOf(headers);
		requests = List.copyOf(requests);
	}

}
