package dev.zerodowntime.step4;

import java.util.concurrent.TimeUnit;

import dev.zerodowntime.lab.Kept;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Rehearsal;
import dev.zerodowntime.lab.Rehearsed;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.probe.ReportAssert;
import dev.zerodowntime.probe.report.TerminalReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** The lesson of this stage: a push goes live by itself, and loses nothing. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class CiDeployIT {

	@Test
	void shouldGoFromCommitToLiveAndLoseNothing() {
		try (LittleServer server = LittleServer.of(Stage.named("step4")).start()) {
			Rehearsed rehearsed = new Rehearsal(server).thenReboot().run("v1", "v2");
			System.out.println(TerminalReport.plain().timeline(rehearsed.measurement()));
			System.out.println(TerminalReport.plain().summary(rehearsed.report()));
			assertThat(rehearsed.deploy().exitCode()).as(rehearsed.deploy().output()).isZero();

			ReportAssert.assertThat(rehearsed.report()).isTrusted().lostNothing();
			assertThat(rehearsed.report().events()).extracting("name")
				.containsSubsequence("deploy started", "building v2 and testing it", "pushing it",
						"asking the server to ship v2", "switched to green", "drained", "v2 is live", "v2 stays",
						"deploy exited 0");
			assertThat(rehearsed.deploy().output()).containsPattern(
					"from commit to live: [\\d.]+ s = build [\\d.]+ s \\+ image [\\d.]+ s \\+ ship [\\d.]+ s");
			assertThat(rehearsed.kept()).isEqualTo(new Kept(20, 0, "v2"));
			assertThat(rehearsed.reboot().isBack()).as("v2 came back by itself after a reboot").isTrue();
		}
	}

}
