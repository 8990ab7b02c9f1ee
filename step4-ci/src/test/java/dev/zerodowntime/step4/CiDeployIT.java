package dev.zerodowntime.step4;

import dev.zerodowntime.lab.Kept;
import dev.zerodowntime.lab.Rehearsal;
import dev.zerodowntime.lab.Rehearsed;
import dev.zerodowntime.lab.junit.MeasuredTest;
import dev.zerodowntime.probe.ReportAssert;
import dev.zerodowntime.probe.report.TerminalReport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

import static org.assertj.core.api.Assertions.assertThat;

/** The lesson of this stage: a push goes live by itself, and loses nothing. */
class CiDeployIT {

	private static CiServer server;

	@BeforeAll
	static void start() {
		server = CiServer.asNew();
	}

	@BeforeEach
	void shipV1() {
		server.run("./deploy.sh", "v1").orThrow();
	}

	@MeasuredTest
	@Tag("quick")
	void shouldGoFromCommitToLiveAndLoseNothing() {
		Rehearsed rehearsed = new Rehearsal(server.server()).alreadyLive().run("v1", "v2");
		System.out.println(TerminalReport.plain().timeline(rehearsed.measurement()));
		System.out.println(TerminalReport.plain().summary(rehearsed.report()));
		assertThat(rehearsed.deploy().exitCode()).as(rehearsed.deploy().output()).isZero();

		ReportAssert.assertThat(rehearsed.report()).isTrusted().lostNothing();
		assertThat(rehearsed.report().events()).extracting("name")
			.containsSubsequence("deploy started", "building v2 and testing it", "asking the server to ship v2",
					"switched to green", "drained", "v2 is live", "v2 is kept", "deploy exited 0");
		assertThat(rehearsed.deploy().output())
			.containsPattern("from commit to live: [\\d.]+ s = build [\\d.]+ s \\+ image [\\d.]+ s \\+ ship [\\d.]+ s");
		assertThat(rehearsed.kept()).isEqualTo(new Kept(20, 0, "v2"));
	}

}
