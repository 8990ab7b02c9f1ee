package dev.zerodowntime.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** What is asked of whom, ready to be written on the wire. */
final class Target {

	private final InetSocketAddress address;

	private final String host;

	private final @Nullable Tls tls;

	private final boolean bodyless;

	private final @Nullable String expectedBody;

	private final byte[] freshRequest;

	private final byte[] keepAliveRequest;

	private Target(ProbeConfig config, InetSocketAddress address, @Nullable Tls tls) {
		this.address = address;
		this.host = config.url().getHost();
		this.tls = tls;
		this.bodyless = config.method().equals("HEAD");
		this.expectedBody = config.expectedBody();
		this.freshRequest = request(config, "Connection: close\r\n");
		this.keepAliveRequest = request(config, "");
	}

	/**
	 * Prepares a target.
	 * @throws ProbeException if the host is unknown or the certificates cannot be read
	 */
	static Target of(ProbeConfig config) {
		return new Target(config, resolve(config.url()), isHttps(config.url()) ? Tls.of(config) : null);
	}

	private static boolean isHttps(URI url) {
		return url.getScheme().equalsIgnoreCase("https");
	}

	/** Once, so that no name service is part of what is measured. */
	private static InetSocketAddress resolve(URI url) {
		int port = url.getPort();
		if (port < 0) {
			port = isHttps(url) ? 443 : 80;
		}
		try {
			return new InetSocketAddress(InetAddress.getByName(url.getHost()), port);
		}
		catch (UnknownHostException ex) {
			throw new ProbeException("unknown host " + url.getHost() + " in " + url, ex);
		}
	}

	private static byte[] request(ProbeConfig config, String connection) {
		byte[] body = config.body().getBytes(StandardCharsets.UTF_8);
		StringBuilder head = new StringBuilder();
		String path = config.url().getRawPath().isEmpty() ? "/" : config.url().getRawPath();
		String query = (config.url().getRawQuery() != null) ? "?" + config.url().getRawQuery() : "";
		head.append(config.method()).append(' ').append(path).append(query).append(" HTTP/1.1\r\n");
		head.append("Host: ").append(config.url().getRawAuthority()).append("\r\n");
		head.append("User-Agent: zero-downtime-probe\r\n").append(connection);
		for (Map.Entry<String, String> header : config.headers().entrySet()) {
			head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
		}
		if (body.length > 0 || config.method().equals("POST") || config.method().equals("PUT")) {
			head.append("Content-Length: ").append(body.length).append("\r\n");
		}
		byte[] headBytes = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
		byte[] request = new byte[headBytes.length + body.length];
		System.arraycopy(headBytes, 0, request, 0, headBytes.length);
		System.arraycopy(body, 0, request, headBytes.length, body.length);
		return request;
	}

	InetSocketAddress address() {
		return this.address;
	}

	String host() {
		return this.host;
	}

	@Nullable Tls tls() {
		return this.tls;
	}

	byte[] request(ConnectionMode mode) {
		return (mode == ConnectionMode.FRESH) ? this.freshRequest : this.keepAliveRequest;
	}

	Response read(ResponseReader reader) throws IOException {
		return reader.read(this.bodyless, this.expectedBody != null);
	}

	/** Why a complete answer is not a correct one, or {@code null}. */
	@Nullable DropKind judge(Response response) {
		if (response.status() >= 400) {
			return DropKind.http(response.status());
		}
		if (this.expectedBody != null && !response.body().contains(this.expectedBody)) {
			return DropKind.WRONG_CONTENT;
		}
		return null;
	}

}
