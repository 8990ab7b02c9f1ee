package dev.zerodowntime.probe;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link Probe} does. Made by {@link Probe#to(URI)}, which states the defaults.
 *
 * @param url what to ask for
 * @param connectTo where to connect instead of the URL's host and port, not resolved;
 * {@code null}: there
 * @param versionHeader the answer's header that names the version
 * @param ratePerSecond requests per second in each mode
 * @param modes the connection modes, measured side by side
 * @param timeout a request without a complete answer after this is lost
 * @param warmup how long to send before counting
 * @param baseline how long to measure before the action
 * @param settle how long without a drop counts as steady after the action
 * @param settleLimit when to give up waiting for that
 * @param maxBlind a longer stretch without a request sent takes the verdict away
 * @param atLeast how long a measurement around an action lasts at least
 * @param method the HTTP method
 * @param headers headers to add, in their order; they replace the probe's own of the same
 * name
 * @param body the request's content
 * @param expectedStatus statuses of a correct answer
 * @param expectedBody text a correct answer contains
 * @param insecure whether any TLS certificate will do
 * @param caCertificates a PEM file with the certificates to trust
 * @param labels what the report says about this run
 * @param requests what is sent in turn, instead of the method, path and body; empty: only
 * those
 * @param judgeFrom how the name of the event begins from which on limits judge;
 * {@code null}: they judge the whole run
 * @param listener hears of every answer as it comes, on the sender's threads
 * @param onMeasurement gets each measurement when it ends
 */
record ProbeConfig(URI url, @Nullable InetSocketAddress connectTo, String versionHeader, double ratePerSecond,
		List<ConnectionMode> modes, Duration timeout, Duration warmup, Duration baseline, Duration settle,
		Duration settleLimit, Duration maxBlind, Duration atLeast, String method, List<Header> headers, String body,
		StatusSet expectedStatus, @Nullable String expectedBody, boolean insecure, @Nullable Path caCertificates,
		Map<String, String> labels, List<RequestLine> requests, @Nullable String judgeFrom, Consumer<Answer> listener,
		Consumer<Measurement> onMeasurement) {

	ProbeConfig {
		modes = List.copyOf(modes);
		headers = List.copyOf(headers);
		labels = Map.copyOf(labels);
		requests = List.copyOf(requests);
	}

}
