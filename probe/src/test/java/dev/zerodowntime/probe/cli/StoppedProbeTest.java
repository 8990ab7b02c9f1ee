package dev.zerodowntime.probe.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.FaultServer;
import dev.zerodowntime.probe.model.Report;
import dev.zerodowntime.probe.report.JsonReport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A probe that is stopped while the service is down, as a busy machine or a long garbage
 * collection may stop it.
 */
@Timeout(90)
@DisabledOnOs(OS.WINDOWS)
class StoppedProbeTest {

	@TempDir
	private Path directory;

	@Test
	void aProbeThatWasStoppedDuringAnOutageGivesNoVerdict() throws Exception {
		Path json = this.directory.resolve("report.json");
		Path output = this.directory.resolve("output");
		try (FaultServer server = FaultServer.healthy();
				ChildProcess probe = ChildProcess.start(output, probe(server, json))) {
			Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> server.heads() >= 4);
			probe.signal("STOP");
			server.stop();
			// What is measured is a service that is down for a second.
			TimeUnit.MILLISECONDS.sleep(1150);
			server.start();
			TimeUnit.MILLISECONDS.sleep(150);
			probe.signal("CONT");
			assertThat(probe.awaitExit()).as(probe.output()).isEqualTo(ExitCode.UNTRUSTED);
			Report report = JsonReport.read(json);
			assertThat(report.trusted()).isFalse();
			assertThat(report.problems()).anyMatch((problem) -> problem.startsWith("the probe sent nothing for 1."));
			assertThat(report.modes().values()).allSatisfy((mode) -> assertThat(mode.blind()).hasSize(1));
			assertThat(probe.output()).contains("blind").doesNotContain("Nothing was lost");
		}
	}

	/**
	 * Few requests, so that the stop makes fewer late than a run may have.
	 */
	private static List<String> probe(FaultServer server, Path json) {
		List<String> line = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), "-cp",
				System.getProperty("java.class.path"), Main.class.getName(), "run", "--url", server.url().toString()));
		line.addAll(List.of("--warmup", "0s", "--rate", "3", "--duration", "5s", "--max-dropped", "0", "--json",
				json.toString()));
		return line;
	}

}
