package dev.zerodowntime.step2;

import dev.zerodowntime.lab.Kept;
import dev.zerodowntime.lab.Rehearsal;
import dev.zerodowntime.lab.Rehearsed;
import dev.zerodowntime.lab.junit.MeasuredTest;
import dev.zerodowntime.probe.ReportAssert;
import dev.zerodowntime.probe.report.TerminalReport;
import org.junit.jupiter.api.Tag;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lesson of this stage: a container makes a deployment the same everywhere, but not
 * without downtime. Fails if no request is lost, and if an entry is: those are in a
 * volume.
 */
class DockerizedDeployIT {

	@MeasuredTest(insistsOnLoss = true)
	@Tag("quick")
	void replacingTheContainerLosesRequestsButNoData() {
		ContainerServer server = ContainerServer.asNew();
		server.run("docker", "rmi", "--force", "guest-book:v2");
		Rehearsed rehearsed = new Rehearsal(server.server()).thenReboot().run("v1", "v2");
		System.out.println(TerminalReport.plain().timeline(rehearsed.measurement()));
		System.out.println(TerminalReport.plain().summary(rehearsed.report()));
		System.out.println("The server's logs: " + rehearsed.logs());
		assertThat(rehearsed.deploy().exitCode()).as(rehearsed.deploy().output()).isZero();

		ReportAssert.assertThat(rehearsed.report()).isTrusted().lostSomethingInEveryMode();
		rehearsed.report().modes().forEach((mode, found) -> {
			assertThat(found.sent()).as(mode.label()).isEqualTo(found.ok() + found.dropped());
			assertThat(found.versions()).as(mode.label()).containsOnlyKeys("v1", "v2");
			assertThat(found.versionsOverlap()).as(mode.label()).isNull();
		});
		assertThat(rehearsed.report().events()).extracting("name")
			.containsSubsequence("deploy started", "loading guest-book:v2", "stopping v1",
					"removed the container of v1", "starting v2", "v2 answers", "deploy exited 0");
		assertThat(rehearsed.kept()).isEqualTo(new Kept(20, 0, "v2"));
		assertThat(rehearsed.reboot().isBack()).as("v2 came back by itself after a reboot").isTrue();
		assertThat(rehearsed.logs().resolve("app.log")).as("of v1").isNotEmptyFile();
		assertThat(rehearsed.logs().resolve("guest-book.container.log")).as("of v2").isNotEmptyFile();
	}

}
