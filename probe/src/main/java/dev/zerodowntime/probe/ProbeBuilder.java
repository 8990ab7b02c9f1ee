package dev.zerodowntime.probe;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.ProbeException;
import dev.zerodowntime.probe.model.Report;
import dev.zerodowntime.probe.wire.Header;
import dev.zerodowntime.probe.wire.RequestLine;
import dev.zerodowntime.probe.wire.StatusSet;
import dev.zerodowntime.probe.wire.TargetConfig;
import org.jspecify.annotations.Nullable;

/** Describes a {@link Probe}. */
public final class ProbeBuilder {

	private static final double MAX_RATE = 20_000;

	private static final int MOST_OF_A_LABEL = 200;

	private static final Duration MAX_DURATION = Duration.ofDays(366);

	private static final Pattern HOST_AND_PORT = Pattern
		.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^\\s\\[\\]:/]+)):([0-9]{1,5})");

	private static final int MAX_PORT = 65_535;

	private final URI url;

	private @Nullable InetSocketAddress connectTo;

	private String versionHeader = "X-App-Version";

	private double rate = 100;

	private List<ConnectionMode> modes = List.of(ConnectionMode.values());

	private Duration timeout = Duration.ofSeconds(2);

	private Duration warmup = Duration.ofSeconds(3);

	private Duration baseline = Duration.ofSeconds(3);

	private Duration settle = Duration.ofSeconds(2);

	private Duration settleLimit = Duration.ofSeconds(60);

	private Duration maxBlind = Duration.ofMillis(250);

	private Duration atLeast = Duration.ZERO;

	private String method = "GET";

	private final List<Header> headers = new ArrayList<>();

	private String body = "";

	private StatusSet expectedStatus = StatusSet.DEFAULT;

	private @Nullable String expectedBody;

	private boolean insecure;

	private @Nullable Path caCertificates;

	private final Map<String, String> labels = new LinkedHashMap<>();

	private final List<RequestLine> requests = new ArrayList<>();

	private @Nullable String judgeFrom;

	private Consumer<Answer> listener = (answer) -> {
	};

	private Consumer<Measurement> onMeasurement = (measurement) -> {
	};

	ProbeBuilder(URI url) {
		String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
		require(scheme.equals("http") || scheme.equals("https"), "not an http:// or https:// URL: " + url);
		require(url.getRawUserInfo() == null, "a URL with a user name is not supported: use a header");
		require(url.getHost() != null, "not a host name in " + url + " (letters, digits, '-' and '.')");
		this.url = url;
	}

	/**
	 * Connects to another address than the URL's host and port, for a name that is not in
	 * DNS yet. The {@code Host} header, the server name in the TLS handshake and the name
	 * that the certificate must have are still those of the URL.
	 * @param hostAndPort such as {@code 203.0.113.7:443} or {@code [2001:db8::7]:443};
	 * default: the URL's own
	 * @return this
	 * @throws IllegalArgumentException if it is no host and port
	 */
	public ProbeBuilder connectTo(String hostAndPort) {
		Matcher parts = HOST_AND_PORT.matcher(hostAndPort);
		int port = parts.matches() ? Integer.parseInt(parts.group(3)) : 0;
		require(port > 0 && port <= MAX_PORT,
				"not a host and port such as '203.0.113.7:443' or '[2001:db8::7]:443': " + hostAndPort);
		String host = (parts.group(1) != null) ? parts.group(1) : parts.group(2);
		this.connectTo = InetSocketAddress.createUnresolved(host, port);
		return this;
	}

	/**
	 * Sets which header of an answer names the version that gave it.
	 * @param name default {@code X-App-Version}
	 * @return this
	 * @throws IllegalArgumentException if it is no header name
	 */
	public ProbeBuilder versionHeader(String name) {
		Header.requireName(name);
		this.versionHeader = name;
		return this;
	}

	/**
	 * Sets the requests per second in each mode.
	 * @param perSecond above 0 and up to 20 000, default 100
	 * @return this
	 */
	public ProbeBuilder rate(double perSecond) {
		require(perSecond > 0 && perSecond <= MAX_RATE, "the rate must be above 0 and at most 20000 per second");
		this.rate = perSecond;
		return this;
	}

	/**
	 * Sets which modes are measured, side by side.
	 * @param modes at least one, default both
	 * @return this
	 */
	public ProbeBuilder connections(ConnectionMode... modes) {
		require(modes.length > 0, "at least one connection mode is needed");
		this.modes = List.of(modes).stream().distinct().toList();
		return this;
	}

	/**
	 * Sets after which time a request without a complete answer is lost, counted from
	 * when it was sent.
	 * @param timeout above 0, at most a year, default 2 s, kept to within 10 ms
	 * @return this
	 * @throws IllegalArgumentException if it is not
	 */
	public ProbeBuilder timeout(Duration timeout) {
		this.timeout = notTooLong(timeout, "timeout");
		require(!timeout.isNegative() && !timeout.isZero(), "the timeout must be above 0");
		return this;
	}

	/**
	 * Sets how long requests are sent to the target before counting begins.
	 * @param warmup default 3 s; 0 sends none
	 * @return this
	 */
	public ProbeBuilder warmup(Duration warmup) {
		this.warmup = notNegative(warmup, "warm-up");
		return this;
	}

	/**
	 * Sets how long to measure before the action.
	 * @param baseline default 3 s
	 * @return this
	 */
	public ProbeBuilder baseline(Duration baseline) {
		this.baseline = notNegative(baseline, "baseline");
		return this;
	}

	/**
	 * Sets how long, after the action, nothing must be lost before the target counts as
	 * steady and the measurement ends. Each mode must have been answered in that time at
	 * least once.
	 * @param settle default 2 s
	 * @return this
	 */
	public ProbeBuilder settle(Duration settle) {
		this.settle = notNegative(settle, "settling time");
		return this;
	}

	/**
	 * Sets how long to wait for the target to become steady after the action.
	 * @param limit default 60 s; 0: the measurement ends with the action
	 * @return this
	 */
	public ProbeBuilder settleLimit(Duration limit) {
		this.settleLimit = notNegative(limit, "settling limit");
		return this;
	}

	/**
	 * Sets how long an outage must be to be seen for certain. If the probe itself sends
	 * nothing for longer than this from the start of the action until the target is
	 * steady, or at any time without an action, the run is not trusted.
	 * @param maxBlind above 0, default 250 ms; at low rates three times the time between
	 * two requests of a mode, if that is longer
	 * @return this
	 * @throws IllegalArgumentException if it is not above 0
	 */
	public ProbeBuilder maxBlind(Duration maxBlind) {
		require(!maxBlind.isNegative() && !maxBlind.isZero(), "the blind limit must be above 0");
		this.maxBlind = notTooLong(maxBlind, "blind limit");
		return this;
	}

	/**
	 * Sets how long a measurement around an action lasts at least.
	 * @param duration default 0: as long as it takes
	 * @return this
	 */
	public ProbeBuilder atLeast(Duration duration) {
		this.atLeast = notNegative(duration, "duration");
		return this;
	}

	/**
	 * Sets the request's method.
	 * @param method default {@code GET}
	 * @return this
	 */
	public ProbeBuilder method(String method) {
		require(method.matches("[A-Za-z]+"), "not an HTTP method: " + method);
		this.method = method.toUpperCase(Locale.ROOT);
		return this;
	}

	/**
	 * Adds a header to every request. Several of one name are all sent, in their order. A
	 * header that the probe sends by itself ({@code Host}, {@code User-Agent},
	 * {@code Connection}, {@code Content-Type}, {@code Content-Length}) is replaced.
	 * @param name its name
	 * @param value its value
	 * @return this
	 * @throws IllegalArgumentException if it is no header name, or the value has line
	 * breaks
	 */
	public ProbeBuilder header(String name, String value) {
		this.headers.add(new Header(name, value));
		return this;
	}

	/**
	 * Sets the request's content, sent as UTF-8.
	 * @param body default none
	 * @return this
	 */
	public ProbeBuilder body(String body) {
		this.body = body;
		return this;
	}

	/**
	 * Sets which statuses are correct; every other one is lost.
	 * @param statuses statuses and ranges, such as {@code 200-299,304}, the default. A
	 * redirect is not followed: allow it, such as with {@code 302}, if it is the answer
	 * @return this
	 * @throws IllegalArgumentException if it is no such list
	 */
	public ProbeBuilder expectStatus(String statuses) {
		this.expectedStatus = StatusSet.parse(statuses);
		return this;
	}

	/**
	 * Sets a text that every correct answer contains.
	 * @param text looked for in the first MiB of the content; default none
	 * @return this
	 */
	public ProbeBuilder expectBody(String text) {
		this.expectedBody = text;
		return this;
	}

	/**
	 * Accepts any TLS certificate.
	 * @param insecure default {@code false}
	 * @return this
	 */
	public ProbeBuilder insecure(boolean insecure) {
		this.insecure = insecure;
		return this;
	}

	/**
	 * Sets which TLS certificates to trust.
	 * @param pem a PEM file; default: those the JDK trusts
	 * @return this
	 */
	public ProbeBuilder caCertificates(Path pem) {
		this.caCertificates = pem;
		return this;
	}

	/**
	 * Adds what the report shall say about this run.
	 * @param name such as {@code commit}
	 * @param value such as its id
	 * @return this
	 */
	public ProbeBuilder label(String name, String value) {
		require(name.matches("[a-z][a-z0-9_.-]{0,39}"), "not a label's name (small letters, digits, . _ -): " + name);
		require(value.length() <= MOST_OF_A_LABEL, "a label is at most " + MOST_OF_A_LABEL + " characters long");
		this.labels.put(name, value);
		return this;
	}

	/**
	 * Adds one of several requests, which are sent in turn to the URL's host: one more
	 * per call. The URL's own path, the method and the body are not used then.
	 * @param request {@code [Nx] [METHOD] PATH [STATUS] [BODY]}, such as
	 * <code>POST /api/entries 201 {"name":"{{uuid}}"}</code>. With {@code 9x} it is sent
	 * nine times as often as one without (at most 100), evenly spread. The method is
	 * {@code GET} by default; without a status, those of {@link #expectStatus} are good.
	 * Each further line is a header of this request, {@code NAME: VALUE}, and replaces
	 * those of {@link #header}. In path, headers and body <code>{{uuid}}</code>,
	 * <code>{{counter}}</code> and <code>{{now}}</code> are different in each request,
	 * and the same within one. A body that begins with a brace or a bracket is sent as
	 * JSON, unless a header says otherwise
	 * @return this
	 * @throws IllegalArgumentException if it is no such request
	 */
	public ProbeBuilder request(String request) {
		this.requests.add(RequestLine.parse(request));
		return this;
	}

	/**
	 * Has limits judge only the requests that are due from an event on, see
	 * {@link Report#judged()}. The measurement then begins even if nothing answers, and a
	 * blind stretch before the event does not take the verdict away.
	 * @param eventBegins how the event's name begins, such as {@code switched to};
	 * default: the whole run is judged
	 * @return this
	 */
	public ProbeBuilder judgeFrom(String eventBegins) {
		require(!eventBegins.isBlank(), "the event to judge from has no name");
		this.judgeFrom = eventBegins;
		return this;
	}

	/**
	 * Sets what is called with every answer as it comes.
	 * @param listener called on the sender's threads: must be quick and thread-safe. The
	 * first exception that it throws is logged; they change nothing in the measurement
	 * @return this
	 */
	public ProbeBuilder listener(Consumer<Answer> listener) {
		this.listener = listener;
		return this;
	}

	/**
	 * Sets what is called with every measurement when it ends, also if the measured
	 * action has thrown.
	 * @param listener called on the thread that measures, before that gets the
	 * measurement. What it throws is logged and changes nothing
	 * @return this
	 */
	public ProbeBuilder onMeasurement(Consumer<Measurement> listener) {
		this.onMeasurement = listener;
		return this;
	}

	/**
	 * Makes the probe.
	 * @return a probe
	 * @throws IllegalArgumentException if a text is expected in the answer to a
	 * {@code HEAD} request, which has none
	 * @throws ProbeException if the host is unknown or the certificates cannot be read
	 */
	public Probe build() {
		return new Probe(config());
	}

	ProbeConfig config() {
		require(this.expectedBody == null || !asksForNoBody(),
				"the answer to a HEAD request has no content: a text cannot be expected in it");
		TargetConfig target = new TargetConfig(this.url, this.connectTo, this.versionHeader, this.method, this.headers,
				this.body, this.expectedStatus, this.expectedBody, this.insecure, this.caCertificates, this.requests);
		return new ProbeConfig(target, this.rate, this.modes, this.timeout, this.warmup, this.baseline, this.settle,
				this.settleLimit, this.maxBlind, this.atLeast, this.labels, this.judgeFrom, this.listener,
				this.onMeasurement);
	}

	private boolean asksForNoBody() {
		return this.requests.isEmpty() ? this.method.equals("HEAD")
				: this.requests.stream().anyMatch((request) -> request.method().equals("HEAD"));
	}

	private static Duration notNegative(Duration duration, String name) {
		require(!duration.isNegative(), "the " + name + " must not be negative");
		return notTooLong(duration, name);
	}

	private static Duration notTooLong(Duration duration, String name) {
		require(duration.compareTo(MAX_DURATION) <= 0, "the " + name + " must not be longer than a year");
		return duration;
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
