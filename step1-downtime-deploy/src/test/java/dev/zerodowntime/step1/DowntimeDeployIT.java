package dev.zerodowntime.step1;

import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Rehearsal;
import dev.zerodowntime.lab.Rehearsed;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.lab.junit.MeasuredTest;
import dev.zerodowntime.probe.ReportAssert;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.report.TerminalReport;
import org.junit.jupiter.api.Tag;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

/**
 * The lesson of this stage: who stops the old release before the new one runs loses
 * requests. Fails if none is lost.
 */
class DowntimeDeployIT {

	@MeasuredTest(insistsOnLoss = true)
	@Tag("quick")
	void stoppingTheOldReleaseBeforeTheNewOneRunsLosesRequests() {
		try (LittleServer server = LittleServer.of(Stage.named("step1")).start()) {
			Rehearsed rehearsed = new Rehearsal(server).run("v1", "v2");
			System.out.println(TerminalReport.plain().timeline(rehearsed.measurement()));
			System.out.println(TerminalReport.plain().summary(rehearsed.report()));
			System.out.println("The server's logs: " + rehearsed.logs());
			assertThat(rehearsed.deploy().exitCode()).as(rehearsed.deploy().output()).isZero();

			ReportAssert.assertThat(rehearsed.report()).isTrusted().lostSomethingInEveryMode();
			rehearsed.report().modes().forEach((mode, found) -> {
				assertThat(found.sent()).as(mode.label()).isEqualTo(found.ok() + found.dropped());
				assertThat(found.versions()).as(mode.label()).containsOnlyKeys("v1", "v2");
				assertThat(longestOutageMs(found)).as(mode.label()).isGreaterThan(1000);
				assertThat(found.versionsOverlap()).as(mode.label()).isNull();
			});
			assertThat(rehearsed.report().events()).extracting("name")
				.contains("deploy started", "starting v2", "v2 answers", "deploy exited 0");
			assertThat(rehearsed.logs().resolve("app.log")).isNotEmptyFile();
			v2Serves(server);
		}
	}

	private static long longestOutageMs(ModeReport found) {
		return found.outages().stream().mapToLong((outage) -> outage.lengthMs()).max().orElse(0);
	}

	private static void v2Serves(LittleServer server) {
		given().baseUri(server.url().toString())
			.get("/api/version")
			.then()
			.statusCode(200)
			.header("X-App-Version", "v2")
			.body("version", equalTo("v2"));
		given().baseUri(server.url().toString()).get("/").then().statusCode(200).body(containsString("v2"));
	}

}
