package dev.zerodowntime.probe.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.FaultServer;
import dev.zerodowntime.probe.FaultServer.Fault;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.Event;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.model.Report;
import dev.zerodowntime.probe.model.RequestReport;
import dev.zerodowntime.probe.report.JsonReport;
import dev.zerodowntime.probe.wire.LoopbackCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

@Timeout(60)
class RunCommandTest {

	/**
	 * Few requests: this machine may do other things as well, and six late ones make a
	 * run untrusted.
	 */
	private static final List<String> RATE_20 = List.of("--rate", "20");

	@TempDir
	private Path directory;

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	@Test
	void aHealthyServerExits0AndTheReportsAreWritten() throws IOException {
		Path json = this.directory.resolve("made/as needed/report.json");
		Path html = this.directory.resolve("report.html");
		try (FaultServer server = FaultServer.healthy()) {
			assertThat(run(server, "--duration", "500ms", "--max-dropped", "0", "--json", json.toString(), "--html",
					html.toString()))
				.isZero();
			Report report = JsonReport.read(json);
			assertThat(report.modes()).containsOnlyKeys(ConnectionMode.values());
			assertThat(report.modes().values()).allSatisfy((mode) -> {
				assertThat(mode.sent()).isEqualTo(10);
				assertThat(mode.versions()).containsEntry("v1", 10L);
			});
			assertThat(server.heads()).isEqualTo(20);
			assertThat(report.machine()).isNotNull();
			assertThat(report.machine().cpuWaitMs() != null).isEqualTo(OS.LINUX.isCurrentOs());
			assertThat(html).content().contains("<html");
			assertThat(this.out.toString()).contains("Nothing was lost");
			assertThat(this.err.toString()).isEmpty();
		}
	}

	@Test
	void moreDropsThanAllowedExit1() throws IOException {
		try (FaultServer server = everyTenthIs(Fault.STATUS_503)) {
			assertThat(run(server, "--duration", "500ms", "--max-dropped", "1")).isEqualTo(ExitCode.LOST);
			assertThat(this.out.toString()).contains("http-503");
		}
	}

	@Test
	void asManyDropsAsAllowedExit0() throws IOException {
		try (FaultServer server = everyTenthIs(Fault.STATUS_503)) {
			assertThat(run(server, "--duration", "500ms", "--max-dropped", "2")).isZero();
		}
	}

	@Test
	void noWarmupMeansNotOneUncountedRequest() throws IOException {
		try (FaultServer server = FaultServer.healthy()) {
			run(server, "--duration", "500ms", "--connections", "fresh");
			assertThat(server.heads()).isEqualTo(10);
		}
	}

	@Test
	void theWarmupIsReportedApart() throws IOException {
		Path json = this.directory.resolve("report.json");
		try (FaultServer server = FaultServer.healthy()) {
			run(server, "--duration", "500ms", "--warmup", "500ms", "--connections", "fresh", "--json",
					json.toString());
			Report report = JsonReport.read(json);
			assertThat(report.warmup().sent()).isEqualTo(10);
			assertThat(report.modes().get(ConnectionMode.FRESH).sent()).isEqualTo(10);
			assertThat(server.heads()).isEqualTo(20);
		}
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void aCommandIsMeasuredWithItsOutputItsExitCodeAndItsEvents() throws IOException {
		Path json = this.directory.resolve("report.json");
		try (FaultServer server = FaultServer.healthy()) {
			int exit = run(server, "--baseline", "300ms", "--settle", "300ms", "--json", json.toString(), "--", "sh",
					"-c", "echo plain; echo '==> switched to green'; echo problem >&2; exit 3");
			assertThat(exit).isEqualTo(ExitCode.LOST);
			Report report = JsonReport.read(json);
			assertThat(report.command()).isNotNull();
			assertThat(report.command().exitCode()).isEqualTo(3);
			assertThat(report.command().output()).contains("plain", "==> switched to green", "problem");
			assertThat(report.events()).extracting(Event::name)
				.containsExactly("command started", "switched to green", "command exited 3");
			assertThat(report.events())
				.allSatisfy((event) -> assertThat(event.atMs()).isBetween(300L, report.durationMs()));
			ModeReport fresh = report.modes().get(ConnectionMode.FRESH);
			assertThat(fresh.baselineLatencyMs()).isNotNull();
			assertThat(fresh.commandLatencyMs()).isNotNull();
			assertThat(this.err.toString()).contains("| plain");
		}
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void whatTheCommandLeavesRunningDoesNotHoldUpTheMeasurement() throws IOException {
		Path json = this.directory.resolve("report.json");
		Path pid = this.directory.resolve("pid");
		try (FaultServer server = FaultServer.healthy()) {
			run(server, "--baseline", "100ms", "--settle", "100ms", "--json", json.toString(), "--", "sh", "-c",
					"sleep 300 & echo $! >\"$0\"; echo started; sleep 0.5", pid.toString());
			assertThat(JsonReport.read(json).command().output()).containsExactly("started");
			assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).trim())))
				.as("what the command has left running")
				.isPresent();
		}
		finally {
			ProcessHandle.of(Long.parseLong(Files.readString(pid).trim())).ifPresent((left) -> {
				left.destroyForcibly();
				left.onExit().orTimeout(10, TimeUnit.SECONDS).join();
			});
		}
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void withACommandTheDurationIsTheLeast() throws IOException {
		Path json = this.directory.resolve("report.json");
		try (FaultServer server = FaultServer.healthy()) {
			run(server, "--baseline", "100ms", "--settle", "100ms", "--duration", "1s", "--json", json.toString(), "--",
					"true");
			assertThat(JsonReport.read(json).durationMs()).isGreaterThanOrEqualTo(1000);
		}
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void aCommandIsToldToEndAsSoonAsTooMuchIsLostAndMayTakeItsTime() throws IOException {
		Path json = this.directory.resolve("report.json");
		Path trap = this.directory.resolve("went back");
		// A shell can trap only what its caller does not ignore.
		Optional<List<String>> command = DefaultSignals.in(List.of("sh", "-c", """
				trap 'echo "==> going back"; sleep 0.5; touch "$0"; exit 7' TERM
				i=0
				while [ $i -lt 300 ]; do sleep 0.1; i=$((i + 1)); done
				""", trap.toString()));
		assumeThat(command).as("the caller ignores SIGTERM, and nothing here resets it").isPresent();
		List<String> arguments = new ArrayList<>(List.of("--baseline", "100ms", "--settle", "100ms", "--settle-limit",
				"200ms", "--max-dropped", "5", "--fail-fast", "--rate", "100", "--json", json.toString(), "--"));
		arguments.addAll(command.orElseThrow());
		try (FaultServer server = everyTenthIs(Fault.STATUS_503)) {
			run(server, arguments.toArray(String[]::new));
			Report report = JsonReport.read(json);
			assertThat(report.events()).extracting(Event::name)
				.containsSubsequence("command started", "more than 5 requests lost: command told to end", "going back",
						"command exited 7");
			assertThat(trap).exists();
		}
	}

	/** Losses that began before it: it is ended as soon as it runs. */
	@Test
	@DisabledOnOs(OS.WINDOWS)
	void aCommandIsToldToEndWheneverTheLossesBegan() throws IOException {
		Path json = this.directory.resolve("report.json");
		try (FaultServer server = FaultServer.of((request, onConnection) -> Fault.STATUS_503)) {
			run(server, "--baseline", "300ms", "--settle", "100ms", "--settle-limit", "100ms", "--max-dropped", "0",
					"--fail-fast", "--json", json.toString(), "--", "sleep", "60");
			Report report = JsonReport.read(json);
			assertThat(report.command().exitCode()).isEqualTo(143);
			assertThat(report.events()).extracting(Event::name)
				.containsExactly("command started", "more than 0 requests lost: command told to end",
						"command exited 143", "not steady within 0 s");
		}
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void onlyWhatIsLostSinceTheEventIsJudged() throws IOException {
		Path json = this.directory.resolve("report.json");
		Path switched = this.directory.resolve("switched");
		try (FaultServer server = FaultServer
			.of((request, onConnection) -> Files.exists(switched) ? Fault.NONE : Fault.FIN)) {
			assertThat(run(server, "--baseline", "300ms", "--settle", "300ms", "--judge-from", "switched to",
					"--max-dropped", "0", "--fail-fast", "--json", json.toString(), "--", "sh", "-c",
					"sleep 0.3; touch '" + switched + "'; sleep 0.2; echo '==> switched to green'; sleep 0.3"))
				.as("the service was broken before")
				.isZero();
			Report report = JsonReport.read(json);
			assertThat(report.totalDropped()).isPositive();
			assertThat(report.judged().dropped()).isZero();
			assertThat(report.judged().sent()).isPositive();
			assertThat(this.out.toString()).contains("Judged since 'switched to'").contains(" 0 of ");
		}
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void whatIsLostSinceTheEventEndsTheCommand() throws IOException {
		Path json = this.directory.resolve("report.json");
		Path switched = this.directory.resolve("switched");
		try (FaultServer server = FaultServer
			.of((request, onConnection) -> Files.exists(switched) ? Fault.STATUS_503 : Fault.NONE)) {
			assertThat(run(server, "--baseline", "300ms", "--settle", "100ms", "--settle-limit", "100ms",
					"--judge-from", "switched to", "--max-dropped", "0", "--fail-fast", "--json", json.toString(), "--",
					"sh", "-c", "touch '" + switched + "'; echo '==> switched to green'; sleep 60"))
				.isEqualTo(ExitCode.LOST);
			assertThat(JsonReport.read(json).command().exitCode()).isEqualTo(143);
		}
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void nothingIsJudgedWithoutTheEvent() throws IOException {
		try (FaultServer server = everyTenthIs(Fault.STATUS_503)) {
			assertThat(run(server, "--baseline", "300ms", "--settle", "0s", "--judge-from", "switched to",
					"--max-dropped", "0", "--", "sleep", "0.3"))
				.isZero();
			assertThat(this.out.toString()).contains("No event began with 'switched to': no request was judged.");
		}
	}

	@Test
	void aNameThatIsNotInDnsYetIsMeasuredAtAnAddress() throws IOException {
		Path json = this.directory.resolve("report.json");
		try (FaultServer server = FaultServer.healthy()) {
			assertThat(execute(List.of("run", "--url", "http://shop.invalid/", "--connect-to",
					"127.0.0.1:" + server.port(), "--version-header", "content-type", "--warmup", "0s", "--rate", "20",
					"--duration", "300ms", "--json", json.toString())))
				.as(this.err.toString())
				.isZero();
			Report report = JsonReport.read(json);
			assertThat(report.settings().connectTo()).isEqualTo("127.0.0.1:" + server.port());
			assertThat(report.settings().versionHeader()).isEqualTo("content-type");
			ModeReport fresh = report.modes().get(ConnectionMode.FRESH);
			assertThat(fresh.versions()).isEqualTo(Map.of("text/plain", fresh.sent()));
		}
	}

	@Test
	void severalRequestsAreSentInTurn() throws IOException {
		Path json = this.directory.resolve("report.json");
		Path file = this.directory.resolve("requests.txt");
		Files.writeString(file, "# in turn\nGET / 200\n\nPOST /api/entries 201 {\"name\":\"{{uuid}}\"}\n");
		try (FaultServer server = FaultServer.healthy()) {
			assertThat(run(server, "--duration", "500ms", "--requests", file.toString(), "--max-dropped", "0", "--json",
					json.toString()))
				.as("the server answers with 200")
				.isEqualTo(ExitCode.LOST);
			Report report = JsonReport.read(json);
			assertThat(report.requests()).extracting(RequestReport::request)
				.containsExactly("GET /", "POST /api/entries");
			RequestReport read = report.requests().get(0);
			RequestReport write = report.requests().get(1);
			assertThat(read.dropped()).isZero();
			assertThat(write.dropped()).isEqualTo(write.sent()).isPositive();
			assertThat(Math.abs(read.sent() - write.sent())).isLessThanOrEqualTo(2);
			assertThat(report.modes().get(ConnectionMode.FRESH).dropsByKind()).containsOnlyKeys("http-200");
			assertThat(this.out.toString()).contains("POST /api/entries: ");
		}
	}

	@Test
	void aRequestIsSentAsOftenAsItsWeightSays() throws IOException {
		Path json = this.directory.resolve("report.json");
		Path file = this.directory.resolve("requests.txt");
		Files.writeString(file,
				"# a reader and a writer\n3x GET /\n  Accept: text/html\n\nPOST /entries {}\n  X-Key: {{uuid}}\n");
		try (FaultServer server = FaultServer.healthy()) {
			assertThat(run(server, "--duration", "1s", "--connections", "fresh", "--requests", file.toString(),
					"--json", json.toString()))
				.as(this.err.toString())
				.isZero();
			assertThat(JsonReport.read(json).requests()).containsExactly(new RequestReport("GET /", 15, 0),
					new RequestReport("POST /entries", 5, 0));
		}
	}

	@Test
	void aHeaderWithoutARequestIsNamedWithItsLine() throws IOException {
		assertRequestsRefused("\nAccept: text/html\nGET /\n",
				", line 2: a header, but no request above it: Accept: text/html");
	}

	@Test
	void aRequestThatIsNoneIsNamedWithItsLine() throws IOException {
		assertRequestsRefused("GET /\nGET\n", ", line 2: not a request such as");
	}

	private void assertRequestsRefused(String requests, String message) throws IOException {
		Path file = this.directory.resolve("requests.txt");
		Files.writeString(file, requests);
		try (FaultServer server = FaultServer.healthy()) {
			assertThat(run(server, "--requests", file.toString())).isEqualTo(ExitCode.USAGE);
			assertThat(this.err.toString()).contains(file + message);
		}
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void aCommandThatLosesNothingIsLeftAlone() throws IOException {
		try (FaultServer server = FaultServer.healthy()) {
			assertThat(run(server, "--baseline", "100ms", "--settle", "100ms", "--max-dropped", "0", "--fail-fast",
					"--", "sh", "-c", "trap 'exit 7' TERM; sleep 0.3"))
				.isZero();
		}
	}

	@Test
	void theNumbersAreWrittenForPrometheus() throws IOException {
		Path metrics = this.directory.resolve("probe.prom");
		try (FaultServer server = everyTenthIs(Fault.STATUS_503)) {
			assertThat(
					run(server, "--duration", "500ms", "--connections", "fresh", "--openmetrics", metrics.toString()))
				.isZero();
			assertThat(metrics).content()
				.contains("zero_downtime_lost_requests_total{mode=\"fresh\",kind=\"http-503\"} " + server.injected());
		}
	}

	@Test
	void slowerThanAllowedExits1() throws IOException {
		Path markdown = this.directory.resolve("summary.md");
		try (FaultServer server = FaultServer.healthy()) {
			assertThat(run(server, "--duration", "500ms", "--max-p99", "2s", "--markdown", markdown.toString()))
				.isZero();
			assertThat(markdown).content().startsWith("**0 of 20 requests lost**");
			assertThat(run(server, "--duration", "500ms", "--max-p99", "0s")).isEqualTo(ExitCode.LOST);
		}
	}

	@Test
	void aServerThatAnswersNothingExits3() throws IOException {
		try (FaultServer server = FaultServer.of((request, onConnection) -> Fault.FIN)) {
			assertThat(run(server, "--duration", "500ms")).isEqualTo(ExitCode.UNTRUSTED);
			assertThat(this.out.toString()).contains("nothing answered");
		}
	}

	@ParameterizedTest
	@CsvSource({ "0, 3", "1, 1" })
	@DisabledOnOs(OS.WINDOWS)
	void aReportThatCannotBeWrittenAfterwardsHidesNoLossAndIsNoUsageError(int faults, int exit) throws IOException {
		Path folder = this.directory.resolve("folder");
		Path html = this.directory.resolve("report.html");
		try (FaultServer server = FaultServer
			.of((request, onConnection) -> (request < faults) ? Fault.STATUS_503 : Fault.NONE)) {
			assertThat(run(server, "--baseline", "300ms", "--settle", "300ms", "--max-dropped", "0", "--json",
					folder.resolve("report.json").toString(), "--html", html.toString(), "--", "sh", "-c",
					"rmdir '" + folder + "'; touch '" + folder + "'"))
				.as(this.out.toString() + this.err)
				.isEqualTo(exit);
			assertThat(this.out.toString()).contains("connections");
			assertThat(this.err.toString()).contains("cannot write the report " + folder);
			assertThat(html).exists();
		}
	}

	@Test
	void aFaultOfTheProbeItselfIsNotALoss() throws Exception {
		CommandLine command = Main.commandLine().setErr(new PrintWriter(this.err));
		assertThat(command.getExecutionExceptionHandler()
			.handleExecutionException(new IllegalStateException("broken"), command, null))
			.isEqualTo(ExitCode.UNTRUSTED);
		assertThat(this.err.toString()).startsWith("probe: the probe failed: java.lang.IllegalStateException: broken");
	}

	@Test
	void aCertificateThatIsNotTrustedIsNamed() throws IOException {
		LoopbackCertificate certificate = LoopbackCertificate.in(this.directory);
		try (FaultServer server = FaultServer.tls((request, onConnection) -> Fault.NONE, certificate)) {
			assertThat(run(server, "--baseline", "300ms", "--", "true")).isEqualTo(ExitCode.UNTRUSTED);
			assertThat(errorLine()).contains("(tls: ").contains("PKIX").contains("--cacert");
		}
	}

	@Test
	void aDeadUrlIsOneLineAndTheCommandIsNotRun() throws IOException {
		Path trace = this.directory.resolve("ran");
		try (FaultServer server = FaultServer.healthy()) {
			server.stop();
			assertThat(run(server, "--baseline", "300ms", "--", "touch", trace.toString()))
				.isEqualTo(ExitCode.UNTRUSTED);
			assertThat(errorLine()).contains("nothing answers at " + server.url()).contains("refused");
			assertThat(trace).doesNotExist();
		}
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			--rate x,                         '--rate'
			--rate 0,                         the rate must be
			--duration 5,                     such as 500ms
			--duration 0s,                    above 0
			--connections all,                not one of fresh
			--max-dropped -1,                 negative
			--url ftp://127.0.0.1/,           not an http
			--url http://no-such-host.invalid/, unknown host
			--fail-fast --max-dropped 1,      a command
			--fail-fast -- true,              needs --max-dropped
			--max-p99 5,                      such as 500ms
			--markdown /,                     /
			--header nonsense,                not a header
			--cacert no-such-file.pem,        no-such-file.pem
			--bogus,                          --bogus
			--json /,                         /
			-- no-such-command,               no-such-command
			-- ./no-such-command,             no-such-command
			""")
	void wrongInputIsOneLineAndExits2(String arguments, String named) {
		List<String> line = new ArrayList<>(List.of("run"));
		if (!arguments.contains("--url")) {
			line.addAll(
					List.of("--url", arguments.contains("--cacert") ? "https://127.0.0.1:1/" : "http://127.0.0.1:1/"));
		}
		line.addAll(List.of(arguments.split(" ")));
		assertThat(execute(line)).isEqualTo(ExitCode.USAGE);
		assertThat(errorLine()).startsWith("probe: ").contains(named);
		assertThat(this.out.toString()).isEmpty();
	}

	@Test
	void aCertificateIsCheckedUnlessToldNotTo() throws IOException {
		LoopbackCertificate certificate = LoopbackCertificate.in(this.directory);
		try (FaultServer server = FaultServer.tls((request, onConnection) -> Fault.NONE, certificate)) {
			assertThat(run(server, "--duration", "500ms", "--max-dropped", "0", "--insecure")).isZero();
			assertThat(
					run(server, "--duration", "500ms", "--max-dropped", "0", "--cacert", certificate.pem().toString()))
				.isZero();
			assertThat(run(server, "--duration", "500ms", "--max-dropped", "0")).isEqualTo(ExitCode.UNTRUSTED);
			assertThat(this.out.toString()).contains("tls");
		}
	}

	@Test
	void overTlsHeadsAreSentOnceAndDropsCountedAsWell() throws IOException {
		LoopbackCertificate certificate = LoopbackCertificate.in(this.directory);
		Path json = this.directory.resolve("report.json");
		Fault[] faults = { Fault.NONE, Fault.FIN, Fault.NONE, Fault.RST, Fault.NONE, Fault.CUT_OFF_FIN };
		try (FaultServer server = FaultServer.tls((request, onConnection) -> faults[(int) (request % faults.length)],
				certificate)) {
			run(server, "--duration", "1s", "--insecure", "--json", json.toString());
			Report report = JsonReport.read(json);
			assertThat(report.modes().values().stream().mapToLong(ModeReport::sent).sum()).isEqualTo(server.heads());
			assertThat(report.totalDropped()).isEqualTo(server.injected());
			assertThat(report.modes().get(ConnectionMode.KEEP_ALIVE).dropsByKind()).containsOnlyKeys("closed", "reset",
					"cut-off");
		}
	}

	private static FaultServer everyTenthIs(Fault fault) throws IOException {
		return FaultServer.of((request, onConnection) -> (request % 10 == 9) ? fault : Fault.NONE);
	}

	private int run(FaultServer server, String... arguments) {
		List<String> line = new ArrayList<>(List.of("run", "--url", server.url().toString()));
		if (!List.of(arguments).contains("--warmup")) {
			line.addAll(List.of("--warmup", "0s"));
		}
		if (!List.of(arguments).contains("--rate")) {
			line.addAll(RATE_20);
		}
		line.addAll(List.of(arguments));
		return execute(line);
	}

	private int execute(List<String> line) {
		CommandLine command = Main.commandLine();
		command.setOut(new PrintWriter(this.out, true));
		command.setErr(new PrintWriter(this.err, true));
		return command.execute(line.toArray(String[]::new));
	}

	private String errorLine() {
		assertThat(this.err.toString().strip().lines()).hasSize(1);
		return this.err.toString().strip();
	}

}
