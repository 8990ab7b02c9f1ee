package dev.zerodowntime.probe.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.zerodowntime.probe.ConnectionMode;
import dev.zerodowntime.probe.FaultServer;
import dev.zerodowntime.probe.Report;
import dev.zerodowntime.probe.report.JsonReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A probe without file handles must not blame the server. */
@Timeout(90)
@DisabledOnOs(OS.WINDOWS)
class FileHandleLimitTest {

	@TempDir
	private Path directory;

	@Test
	void aProbeWithoutFileHandlesSaysSoInAnyLanguage() throws Exception {
		Path json = this.directory.resolve("report.json");
		try (FaultServer server = FaultServer.of((request, onConnection) -> FaultServer.Fault.HANG)) {
			List<String> line = new ArrayList<>(List.of("sh", "-c", "ulimit -n 100 && LC_ALL=ko_KR.UTF-8 exec \"$@\"",
					"sh", ProcessHandle.current().info().command().orElse("java"), "-cp",
					System.getProperty("java.class.path"), Main.class.getName(), "run"));
			line.addAll(List.of("--url", server.url().toString(), "--warmup", "0s", "--rate", "100", "--duration", "2s",
					"--connections", "fresh", "--json", json.toString()));
			try (ChildProcess probe = ChildProcess.start(this.directory.resolve("output"), line)) {
				assertThat(probe.awaitExit()).as(probe.output()).isEqualTo(ExitCode.UNTRUSTED);
				Report report = JsonReport.read(json);
				assertThat(report.modes().get(ConnectionMode.FRESH).dropsByKind()).containsKey("not-sent")
					.doesNotContainKeys("unreachable", "refused");
				assertThat(report.problems()).anyMatch((problem) -> problem.contains("file handles"));
			}
		}
	}

}
