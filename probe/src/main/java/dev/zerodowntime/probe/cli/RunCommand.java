package dev.zerodowntime.probe.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.Probe;
import dev.zerodowntime.probe.ProbeBuilder;
import dev.zerodowntime.probe.model.Judged;
import dev.zerodowntime.probe.model.ProbeException;
import dev.zerodowntime.probe.model.Report;
import dev.zerodowntime.probe.report.HtmlReport;
import dev.zerodowntime.probe.report.JsonReport;
import dev.zerodowntime.probe.report.MarkdownReport;
import dev.zerodowntime.probe.report.OpenMetrics;
import dev.zerodowntime.probe.report.ReportFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code probe run}: measures, prints, writes, judges. */
@Command(name = "run", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true,
		description = { "Sends requests at a constant rate, each exactly once, and counts the lost ones.",
				"With a command: measures a baseline, runs it while measuring, and goes on until nothing is lost. "
						+ "A line of its output that begins with '==> ' is noted as an event." },
		footer = { "",
				"Exits 0 if no more than --max-dropped were lost, none slower than --max-p99, and the command succeeded, "
						+ "1 if not, 2 if the command line is wrong, 3 if the run cannot be trusted (sender too late, nothing answered)." })
final class RunCommand implements Callable<Integer> {

	@Option(names = "--url", required = true, paramLabel = "URL", description = "What to ask for.")
	private String url = "";

	@Option(names = "--connect-to", paramLabel = "HOST:PORT",
			description = "Connect there instead of to the URL's host and port, for a name that is not in DNS yet. The "
					+ "Host header and the certificate's name are still the URL's.")
	private @Nullable String connectTo;

	@Option(names = "--rate", paramLabel = "N", defaultValue = "100",
			description = "Requests per second in each connection mode.")
	private double rate;

	@Option(names = "--duration", paramLabel = "TIME", converter = DurationConverter.class,
			description = "How long to measure; with a command: at least. Default: 30s, with a command as long as it "
					+ "takes.",
			showDefaultValue = Visibility.NEVER)
	private @Nullable Duration duration;

	@Option(names = "--warmup", paramLabel = "TIME", defaultValue = "3s", converter = DurationConverter.class,
			description = "How long to send before counting.")
	private Duration warmup = Duration.ZERO;

	@Option(names = "--connections", paramLabel = "MODE", defaultValue = "both",
			converter = Connections.Converter.class, description = "fresh, keep-alive or both.")
	private Connections connections = Connections.BOTH;

	@Option(names = "--timeout", paramLabel = "TIME", defaultValue = "2s", converter = DurationConverter.class,
			description = "A request without a complete answer after this is lost.")
	private Duration timeout = Duration.ZERO;

	@Option(names = "--baseline", paramLabel = "TIME", defaultValue = "3s", converter = DurationConverter.class,
			description = "How long to measure before the command.")
	private Duration baseline = Duration.ZERO;

	@Option(names = "--settle", paramLabel = "TIME", defaultValue = "2s", converter = DurationConverter.class,
			description = "Time without a loss, with an answer in each mode, after which the service counts as steady.")
	private Duration settle = Duration.ZERO;

	@Option(names = "--settle-limit", paramLabel = "TIME", defaultValue = "60s", converter = DurationConverter.class,
			description = "How long to wait for that, at most. 0s: end with the command.")
	private Duration settleLimit = Duration.ZERO;

	@Option(names = "--max-blind", paramLabel = "TIME", defaultValue = "250ms", converter = DurationConverter.class,
			description = "No verdict if the probe itself sends nothing for longer than this, from the command's start "
					+ "until the service is steady. At low rates: for longer than three requests are apart.")
	private Duration maxBlind = Duration.ZERO;

	@Option(names = "--method", paramLabel = "METHOD", defaultValue = "GET", description = "The HTTP method.")
	private String method = "";

	@Option(names = "--header", paramLabel = "'NAME: VALUE'",
			description = "A header to add; may be repeated. Replaces what the probe sends by itself, such as Host.")
	private List<String> headers = new ArrayList<>();

	@Option(names = "--body", paramLabel = "TEXT", defaultValue = "", description = "The request's content.",
			showDefaultValue = Visibility.NEVER)
	private String body = "";

	@Option(names = "--expect-status", paramLabel = "LIST", defaultValue = "200-299,304",
			description = "Statuses of correct answers; every other one is lost, a redirect as well.")
	private String expectedStatus = "";

	@Option(names = "--expect-body", paramLabel = "TEXT", description = "A text that every correct answer contains.")
	private @Nullable String expectedBody;

	@Option(names = "--version-header", paramLabel = "NAME", defaultValue = "X-App-Version",
			description = "The answer's header that names the version that gave it.")
	private String versionHeader = "";

	@Option(names = "--insecure", description = "Accept any TLS certificate.")
	private boolean insecure;

	@Option(names = "--cacert", paramLabel = "FILE", description = "Trust the certificates in this PEM file.")
	private @Nullable Path caCertificates;

	@Option(names = "--max-dropped", paramLabel = "N",
			description = "Exit 1 if more requests than this are lost. Default: no limit.",
			showDefaultValue = Visibility.NEVER)
	private @Nullable Long maxDropped;

	@Option(names = "--max-p99", paramLabel = "TIME", converter = DurationConverter.class,
			description = "Exit 1 if the 99th percentile of a mode, from the command's start on, is above this. Default: "
					+ "no limit.",
			showDefaultValue = Visibility.NEVER)
	private @Nullable Duration maxP99;

	@Option(names = "--fail-fast",
			description = "Tell the command to end (SIGTERM) as soon as more than --max-dropped requests are lost.")
	private boolean failFast;

	@Option(names = "--judge-from", paramLabel = "TEXT",
			description = "Let --max-dropped, --max-p99 and --fail-fast judge only requests that are due from the first "
					+ "event on that begins with TEXT, such as 'switched to'. What is lost before is reported all the same; "
					+ "and the run begins even if nothing answers.")
	private @Nullable String judgeFrom;

	@Option(names = "--request", paramLabel = "'[Nx] [METHOD] PATH [STATUS] [BODY]'",
			description = "One of several requests, sent in turn to the host of --url; may be repeated. With 9x it is sent "
					+ "nine times as often. Any other status than STATUS is lost (default: --expect-status). {{uuid}}, "
					+ "{{counter}} and {{now}} are different each time.")
	private List<String> requests = new ArrayList<>();

	@Option(names = "--requests", paramLabel = "FILE",
			description = "A file of such requests, one a line; 'NAME: VALUE' on a line below is a header of it; lines that "
					+ "begin with # are comments.")
	private @Nullable Path requestsFile;

	@Option(names = "--label", paramLabel = "NAME=VALUE",
			description = "What the JSON shall say about this run, such as commit=1a2b3c; may be repeated.")
	private Map<String, String> labels = new LinkedHashMap<>();

	@Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON.")
	private @Nullable Path json;

	@Option(names = "--html", paramLabel = "FILE", description = "Write the report as a page.")
	private @Nullable Path html;

	@Option(names = "--markdown", paramLabel = "FILE",
			description = "Write the report as Markdown, for a CI's summary.")
	private @Nullable Path markdown;

	@Option(names = "--openmetrics", paramLabel = "FILE",
			description = "Write the numbers as OpenMetrics text, for Prometheus and Grafana.")
	private @Nullable Path openMetrics;

	@Parameters(paramLabel = "COMMAND", arity = "0..*", description = "What to measure, after --.")
	private List<String> command = new ArrayList<>();

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public Integer call() throws Exception {
		Probe probe = probe();
		requireWritable(this.json);
		requireWritable(this.html);
		requireWritable(this.markdown);
		requireWritable(this.openMetrics);
		Terminal terminal = new Terminal(spec().commandLine().getOut(), spec().commandLine().getErr());
		MeasuredCommand measured = null;
		if (!this.command.isEmpty()) {
			MeasuredCommand.requireExecutable(this.command.get(0));
			measured = new MeasuredCommand(this.command, terminal::print);
		}
		try (Interrupt interrupt = Interrupt.stops(probe, this.timeout, measured, terminal)) {
			Measurement measurement = measure(probe, measured, terminal);
			terminal.summary(measurement);
			int verdict = judge(measurement.report());
			boolean written = write(measurement, terminal);
			// What was found stands; but who relies on a report must see that there is
			// none.
			return (written || verdict != ExitCode.OK) ? verdict : ExitCode.UNTRUSTED;
		}
	}

	private Measurement measure(Probe probe, @Nullable MeasuredCommand measured, Terminal terminal) throws Exception {
		try (LiveLine live = LiveLine.on(probe, terminal)) {
			if (measured == null) {
				return probe.run(orDefault(this.duration));
			}
			Long limit = this.failFast ? this.maxDropped : null;
			return probe.around((events) -> {
				if (limit == null) {
					return measured.run(events);
				}
				try (FailFast watching = FailFast.watch(probe, limit, measured, events)) {
					return measured.run(events);
				}
			});
		}
	}

	/** Writes every report that can be written; returns whether all were. */
	private boolean write(Measurement measurement, Terminal terminal) {
		Report report = measurement.report();
		boolean json = write(this.json, (file) -> JsonReport.write(report, file), terminal);
		boolean html = write(this.html, (file) -> HtmlReport.write(measurement, file), terminal);
		boolean markdown = write(this.markdown, (file) -> MarkdownReport.write(report, file), terminal);
		boolean openMetrics = write(this.openMetrics, (file) -> OpenMetrics.write(report, file), terminal);
		return json && html && markdown && openMetrics;
	}

	private static boolean write(@Nullable Path file, Writer writer, Terminal terminal) {
		if (file == null) {
			return true;
		}
		try {
			writer.write(file);
			return true;
		}
		catch (IOException | RuntimeException ex) {
			terminal.progress("cannot write the report " + file + ": " + ex);
			return false;
		}
	}

	private int judge(Report report) {
		if (!report.trusted()) {
			return ExitCode.UNTRUSTED;
		}
		boolean failed = report.command() != null && report.command().exitCode() != 0;
		boolean lost = this.maxDropped != null && report.judgedDrops() > this.maxDropped;
		return (failed || lost || isSlow(report)) ? ExitCode.LOST : ExitCode.OK;
	}

	private boolean isSlow(Report report) {
		if (this.maxP99 == null) {
			return false;
		}
		double limitMs = this.maxP99.toNanos() / 1e6;
		Judged judged = report.judged();
		if (judged != null) {
			return judged.p99Ms() != null && judged.p99Ms() > limitMs;
		}
		return report.modes()
			.values()
			.stream()
			.map((mode) -> (report.command() != null) ? mode.commandLatencyMs() : mode.latencyMs())
			.anyMatch((latency) -> latency != null && latency.p99() > limitMs);
	}

	private Probe probe() {
		try {
			ProbeBuilder builder = Probe.to(new URI(this.url))
				.rate(this.rate)
				.warmup(this.warmup)
				.connections(this.connections.modes())
				.timeout(this.timeout)
				.baseline(this.baseline)
				.settle(this.settle)
				.settleLimit(this.settleLimit)
				.maxBlind(this.maxBlind)
				.method(this.method)
				.body(this.body)
				.expectStatus(this.expectedStatus)
				.versionHeader(this.versionHeader)
				.insecure(this.insecure);
			for (String header : this.headers) {
				int colon = header.indexOf(':');
				require(colon > 0, "not a header such as 'Accept: text/html': " + header);
				builder.header(header.substring(0, colon).trim(), header.substring(colon + 1).trim());
			}
			this.labels.forEach(builder::label);
			this.requests.forEach(builder::request);
			if (this.requestsFile != null) {
				RequestsFile.read(this.requestsFile).addTo(builder);
			}
			if (this.connectTo != null) {
				builder.connectTo(this.connectTo);
			}
			if (this.judgeFrom != null) {
				builder.judgeFrom(this.judgeFrom);
			}
			if (this.duration != null) {
				require(!this.duration.isZero(), "the duration must be above 0");
				builder.atLeast(this.duration);
			}
			if (this.expectedBody != null) {
				builder.expectBody(this.expectedBody);
			}
			if (this.caCertificates != null) {
				builder.caCertificates(this.caCertificates);
			}
			require(this.maxDropped == null || this.maxDropped >= 0, "--max-dropped must not be negative");
			require(!this.failFast || (this.maxDropped != null && !this.command.isEmpty()),
					"--fail-fast needs --max-dropped and a command");
			return builder.build();
		}
		catch (URISyntaxException ex) {
			throw new ParameterException(spec().commandLine(), "not a URL: " + this.url, ex);
		}
		catch (IllegalArgumentException ex) {
			throw new ParameterException(spec().commandLine(), ex.getMessage(), ex);
		}
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

	/** Finds out before the measurement, not after it. */
	private static void requireWritable(@Nullable Path file) {
		try {
			if (file != null) {
				ReportFile.check(file);
			}
		}
		catch (IOException ex) {
			throw new ProbeException(ex.getMessage(), ex);
		}
	}

	private static Duration orDefault(@Nullable Duration duration) {
		return (duration != null) ? duration : Duration.ofSeconds(30);
	}

	private CommandSpec spec() {
		if (this.spec == null) {
			throw new IllegalStateException("not run by picocli");
		}
		return this.spec;
	}

	@FunctionalInterface
	private interface Writer {

		void write(Path file) throws IOException;

	}

}
