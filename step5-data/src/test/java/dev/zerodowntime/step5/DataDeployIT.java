package dev.zerodowntime.step5;

import dev.zerodowntime.lab.Kept;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Rehearsal;
import dev.zerodowntime.lab.Rehearsed;
import dev.zerodowntime.lab.junit.MeasuredTest;
import dev.zerodowntime.probe.ReportAssert;
import dev.zerodowntime.probe.report.TerminalReport;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A release that changes the schema is shipped with stage 3's scripts while clients read
 * and write. Fails if one request is lost, one entry, or one login.
 */
@Order(1)
class DataDeployIT {

	private static final int VISITORS = 20;

	@MeasuredTest
	@Tag("quick")
	void expandingTheSchemaLosesNothingAndComesBackAfterAReboot() {
		DataServer data = DataServer.asNew();
		LittleServer server = data.server();
		data.run("./deploy.sh", "v1").orThrow();
		Visitors visitors = Visitors.logIn(server.url(), VISITORS);
		Rehearsed rehearsed = new Rehearsal(server).alreadyLive().thenReboot().run("v1", "v2");
		System.out.println(TerminalReport.plain().timeline(rehearsed.measurement()));
		System.out.println(TerminalReport.plain().summary(rehearsed.report()));
		System.out.println("The server's logs: " + rehearsed.logs());
		assertThat(rehearsed.deploy().exitCode()).as(rehearsed.deploy().output()).isZero();

		ReportAssert.assertThat(rehearsed.report()).isTrusted().lostNothing();
		assertThat(rehearsed.report().events()).extracting("name")
			.containsSubsequence("deploy started", "calling hooks/before-boot", "migrating the database for v2",
					"starting green with v2", "switched to green", "v2 is live", "deploy exited 0");
		assertThat(rehearsed.kept()).isEqualTo(new Kept(20, 0, "v2"));
		assertThat(rehearsed.reboot().isBack()).as("v2 came back by itself after a reboot").isTrue();
		assertThat(visitors.loggedOut(server.url())).as("logged out").isZero();
		assertThat(data.sql("select count(*) from entries where author is null")).as("entries of v1").isNotEqualTo("0");
	}

}
