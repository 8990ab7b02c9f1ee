package dev.zerodowntime.step6;

import dev.zerodowntime.lab.Kept;
import dev.zerodowntime.lab.Rehearsal;
import dev.zerodowntime.lab.Rehearsed;
import dev.zerodowntime.lab.junit.MeasuredTest;
import dev.zerodowntime.probe.ReportAssert;
import dev.zerodowntime.probe.report.TerminalReport;
import org.junit.jupiter.api.Tag;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lesson of this stage: two servers are replaced by two others, and no request is
 * lost.
 */
class LoadBalancerDeployIT {

	@MeasuredTest
	@Tag("quick")
	void shippingToTheOtherGroupLosesNothing() {
		Rehearsed rehearsed = new Rehearsal(Balancer.asNew().server()).run("v1", "v2");
		System.out.println(TerminalReport.plain().timeline(rehearsed.measurement()));
		System.out.println(TerminalReport.plain().summary(rehearsed.report()));
		System.out.println("The server's logs: " + rehearsed.logs());
		assertThat(rehearsed.deploy().exitCode()).as(rehearsed.deploy().output()).isZero();

		ReportAssert.assertThat(rehearsed.report()).isTrusted().lostNothing();
		rehearsed.report().modes().forEach((mode, found) -> {
			assertThat(found.sent()).as(mode.label()).isEqualTo(found.ok() + found.dropped());
			assertThat(found.versions()).as(mode.label()).containsOnlyKeys("v1", "v2");
		});
		assertThat(rehearsed.report().events()).extracting("name")
			.containsSubsequence("deploy started", "starting green with v2", "green is ready", "green is warm",
					"switched to green", "drained blue", "v2 is live", "deploy exited 0");
		assertThat(rehearsed.kept()).isEqualTo(new Kept(20, 0, "v2"));
	}

}
