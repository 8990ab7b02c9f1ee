package dev.zerodowntime.probe.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.DropKind;
import dev.zerodowntime.probe.model.ProbeException;
import dev.zerodowntime.probe.pacing.Schedule.Slot;
import org.jspecify.annotations.Nullable;

/** What is asked of whom, ready to be written on the wire. */
public final class Target {

	private final InetSocketAddress address;

	private final String host;

	private final @Nullable Tls tls;

	private final @Nullable String expectedBody;

	private final TargetConfig config;

	private final List<RequestLine> requests;

	private final Rotation rotation;

	/** What is the same each time, for each mode; {@code null} where it is not. */
	private final Map<ConnectionMode, List<byte @Nullable []>> ready = new EnumMap<>(ConnectionMode.class);

	private final AtomicLong counter = new AtomicLong();

	private Target(TargetConfig config, InetSocketAddress address, @Nullable Tls tls) {
		this.address = address;
		this.host = config.url().getHost();
		this.tls = tls;
		this.expectedBody = config.expectedBody();
		this.config = config;
		this.requests = (config.requests().isEmpty() ? List.of(only(config)) : config.requests()).stream()
			.map((request) -> request.withHeaders(config.headers()))
			.toList();
		this.rotation = new Rotation(this.requests.stream().map(RequestLine::weight).toList());
		for (ConnectionMode mode : ConnectionMode.values()) {
			List<byte @Nullable []> bytes = new ArrayList<>();
			this.requests.forEach((request) -> bytes.add(isDifferentEachTime(request) ? null : bytes(request, mode)));
			this.ready.put(mode, bytes);
		}
	}

	/**
	 * Prepares a target.
	 * @throws ProbeException if the host is unknown or the certificates cannot be read
	 */
	public static Target of(TargetConfig config) {
		return new Target(config, resolve(config), isHttps(config.url()) ? Tls.of(config) : null);
	}

	private static boolean isHttps(URI url) {
		return url.getScheme().equalsIgnoreCase("https");
	}

	/** Once, so that no name service is part of what is measured. */
	private static InetSocketAddress resolve(TargetConfig config) {
		URI url = config.url();
		String host = (config.connectTo() != null) ? config.connectTo().getHostString() : url.getHost();
		int port = (config.connectTo() != null) ? config.connectTo().getPort() : url.getPort();
		if (port < 0) {
			port = isHttps(url) ? 443 : 80;
		}
		try {
			return new InetSocketAddress(InetAddress.getByName(host), port);
		}
		catch (UnknownHostException ex) {
			throw new ProbeException(
					"unknown host " + host + " in " + ((config.connectTo() != null) ? host + ":" + port : url), ex);
		}
	}

	private static RequestLine only(TargetConfig config) {
		String path = config.url().getRawPath().isEmpty() ? "/" : config.url().getRawPath();
		String query = (config.url().getRawQuery() != null) ? "?" + config.url().getRawQuery() : "";
		return new RequestLine(1, config.method(), path + query, null, List.of(), config.body());
	}

	/** What a single request says is sent as it is. */
	private boolean isDifferentEachTime(RequestLine request) {
		return !this.config.requests().isEmpty() && request.isDifferentEachTime();
	}

	private byte[] bytes(RequestLine request, ConnectionMode mode) {
		byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
		StringBuilder head = new StringBuilder();
		head.append(request.method()).append(' ').append(ascii(request.path())).append(" HTTP/1.1\r\n");
		addOwn(head, request, "Host", this.config.url().getRawAuthority());
		addOwn(head, request, "User-Agent", "zero-downtime-probe");
		if (mode == ConnectionMode.FRESH) {
			addOwn(head, request, "Connection", "close");
		}
		request.headers().forEach((header) -> add(head, header.name(), header.value()));
		if (isJson(request)) {
			addOwn(head, request, "Content-Type", "application/json");
		}
		if (body.length > 0 || request.method().equals("POST") || request.method().equals("PUT")) {
			addOwn(head, request, "Content-Length", Integer.toString(body.length));
		}
		byte[] headBytes = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
		byte[] all = Arrays.copyOf(headBytes, headBytes.length + body.length);
		System.arraycopy(body, 0, all, headBytes.length, body.length);
		return all;
	}

	/** As a browser sends it: what is not ASCII is UTF-8, percent-encoded. */
	private static String ascii(String path) {
		StringBuilder ascii = new StringBuilder();
		for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
			ascii.append((each < 0) ? String.format(Locale.ROOT, "%%%02X", each) : (char) each);
		}
		return ascii.toString();
	}

	/** Adds a header of the probe's own, unless another value was given for it. */
	private static void addOwn(StringBuilder head, RequestLine request, String name, String value) {
		if (!request.hasHeader(name)) {
			add(head, name, value);
		}
	}

	private static void add(StringBuilder head, String name, String value) {
		head.append(name).append(": ").append(value).append("\r\n");
	}

	private boolean isJson(RequestLine request) {
		return !this.config.requests().isEmpty() && request.body().matches("(?s)[{\\[].*");
	}

	InetSocketAddress address() {
		return this.address;
	}

	String host() {
		return this.host;
	}

	/** The answer's header that names the version. */
	String versionHeader() {
		return this.config.versionHeader();
	}

	public boolean isTls() {
		return this.tls != null;
	}

	@Nullable Tls tls() {
		return this.tls;
	}

	byte[] request(Slot slot) {
		byte[] bytes = this.ready.get(slot.mode()).get(this.rotation.at(slot.number()));
		return (bytes != null) ? bytes : bytes(requestOf(slot.number()).filled(this.counter), slot.mode());
	}

	Response read(Slot slot, ResponseReader reader) throws IOException {
		return reader.read(requestOf(slot.number()).method().equals("HEAD"), this.expectedBody != null);
	}

	/** Why a complete answer is not a correct one, or {@code null}. */
	@Nullable DropKind judge(Slot slot, Response response) {
		Integer expected = requestOf(slot.number()).status();
		if ((expected != null) ? response.status() != expected
				: !this.config.expectedStatus().contains(response.status())) {
			return DropKind.http(response.status());
		}
		if (this.expectedBody != null && !response.body().contains(this.expectedBody)) {
			return DropKind.WRONG_CONTENT;
		}
		return null;
	}

	/** Counts each of several requests; nothing where there is one. */
	public RequestCounter requestCounter() {
		return new RequestCounter(this.config.requests().stream().map(RequestLine::name).toList(), this.rotation);
	}

	private RequestLine requestOf(long number) {
		return this.requests.get(this.rotation.at(number));
	}

}
