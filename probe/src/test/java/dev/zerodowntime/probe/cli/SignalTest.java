package dev.zerodowntime.probe.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.zerodowntime.probe.FaultServer;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.report.JsonReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** What ends a probe that runs as a process, and what is reported then. */
@DisabledOnOs(OS.WINDOWS)
class SignalTest {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@TempDir
	private Path directory;

	private Path json;

	private Path output;

	private Path pid;

	@BeforeEach
	void nameFiles() {
		this.json = this.directory.resolve("report.json");
		this.output = this.directory.resolve("output");
		this.pid = this.directory.resolve("pid of the command");
	}

	@Test
	void ctrlCStillPrintsAReportAndStopsTheCommand() throws Exception {
		try (FaultServer server = FaultServer.healthy(); ChildProcess probe = start(probe(server))) {
			long command = awaitCommand();
			probe.signal("INT");
			assertThat(probe.awaitExit()).as(probe.output()).isEqualTo(130);
			assertReported(probe);
			await().atMost(LIMIT).until(() -> ProcessHandle.of(command).isEmpty());
		}
	}

	/** As every program that a script has started in the background. */
	@Test
	void aProbeThatIgnoresCtrlCFromItsStartIsEndedByTermAndReportsAsWell() throws Exception {
		try (FaultServer server = FaultServer.healthy();
				ChildProcess probe = start(DefaultSignals.ignoring("INT", probe(server)))) {
			long command = awaitCommand();
			probe.signal("INT");
			int ticks = ticks(probe);
			await().atMost(LIMIT).until(() -> ticks(probe) > ticks + 3);
			probe.signal("TERM");
			// 143 names the signal that ended it: the other one did nothing.
			assertThat(probe.awaitExit()).as(probe.output()).isEqualTo(143);
			assertReported(probe);
			await().atMost(LIMIT).until(() -> ProcessHandle.of(command).isEmpty());
		}
	}

	/** The caller of these tests may ignore signals: this is what undoes it. */
	@Test
	void aProcessIsStartedWithDefaultSignalsWhateverTheCallerIgnores() throws Exception {
		List<String> selfKilling = List.of("sh", "-c", "kill -INT $$; exit 0");
		try (ChildProcess ignoring = ChildProcess.start(this.output,
				DefaultSignals.ignoring("INT TERM HUP", selfKilling))) {
			assertThat(ignoring.awaitExit()).isZero();
		}
		try (ChildProcess resetting = ChildProcess.start(this.output,
				DefaultSignals.ignoring("INT TERM HUP", withDefaultSignals(selfKilling)))) {
			assertThat(resetting.awaitExit()).isEqualTo(130);
		}
	}

	private ChildProcess start(List<String> command) throws IOException {
		return ChildProcess.start(this.output, withDefaultSignals(command));
	}

	private static List<String> withDefaultSignals(List<String> command) {
		Optional<List<String>> prepared = DefaultSignals.in(command);
		assumeThat(prepared).as("this process ignores signals, and there is no program here that resets them")
			.isPresent();
		return prepared.orElseThrow();
	}

	/** A probe whose command writes down its process id and then ticks. */
	private List<String> probe(FaultServer server) {
		List<String> line = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), "-cp",
				System.getProperty("java.class.path"), Main.class.getName(), "run", "--url", server.url().toString()));
		line.addAll(List.of("--warmup", "0s", "--baseline", "200ms", "--settle", "60s", "--json", this.json.toString(),
				"--"));
		line.addAll(
				List.of("sh", "-c", "echo $$ >\"$0\"; while :; do echo tick; sleep 0.1; done", this.pid.toString()));
		return line;
	}

	private long awaitCommand() throws IOException {
		await().atMost(LIMIT).until(() -> Files.exists(this.pid) && Files.size(this.pid) > 0);
		return Long.parseLong(Files.readString(this.pid).trim());
	}

	private void assertReported(ChildProcess probe) throws IOException {
		assertThat(probe.output()).contains("connections").contains("command exited");
		assertThat(JsonReport.read(this.json).modes().get(ConnectionMode.FRESH).sent()).isPositive();
	}

	private static int ticks(ChildProcess probe) throws IOException {
		return probe.output().split("tick", -1).length;
	}

}
