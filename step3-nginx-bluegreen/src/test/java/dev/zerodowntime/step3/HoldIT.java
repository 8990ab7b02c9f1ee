package dev.zerodowntime.step3;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.UnderLoad;
import dev.zerodowntime.lab.junit.MeasuredTest;
import dev.zerodowntime.probe.ReportAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A release that waits for its owner's word before the switch, and what has to be
 * answered before every one.
 */
class HoldIT {

	private static BlueGreenServer server;

	@BeforeAll
	static void start() {
		server = BlueGreenServer.withLittleReleases();
	}

	/** In each test, l1 is live in blue and l2 would come to green. */
	@BeforeEach
	void beginAnew() {
		server.beginAnew();
	}

	@AfterEach
	void cleanUp() {
		server.shell("cp pristine/smoke.txt .; rm -f held");
	}

	@MeasuredTest
	void shouldSwitchToWhatIsHeldOnItsOwnersWordAndLoseNothing() {
		UnderLoad hold = underLoad("./deploy.sh", "--hold", "l2");
		assertThat(hold.execution().output()).contains(
				"==> l2 is held in green; blue stays live with l1. To see it: ssh -L 8083:172.29.77.2:8083 to this server")
			.doesNotContain("switched to");
		assertThat(server.live()).isEqualTo("blue l1");
		assertThat(preview()).isEqualTo("l2");
		assertThat(server.run("./status.sh").orThrow().output()).containsPattern("green +held +l2")
			.contains("./promote.sh switches to green with l2");
		assertThat(server.run("./rollback.sh").output()).startsWith("rollback.sh: there is nothing to roll back to");

		UnderLoad promote = underLoad("./promote.sh");
		assertThat(promote.execution().output()).contains("==> switched to green", "==> stopped blue",
				"==> l2 is live");
		assertThat(server.live()).isEqualTo("green l2");
		assertThat(server.shell("cut -d ' ' -f 3,4 history").lines()).containsExactly("l1 switched", "l1 kept",
				"l2 held", "l2 switched", "l2 kept");
		assertThat(server.run("./promote.sh").lines())
			.containsExactly("deploy.sh: nothing is held: ./deploy.sh --hold VERSION");
	}

	@Test
	void shouldLetAnotherCommandTakeThePlaceOfWhatIsHeld() {
		server.run("./deploy.sh", "--hold", "l2").orThrow();
		assertThat(server.run("./promote.sh", "--discard").orThrow().lines())
			.containsExactly("==> l2 is removed; blue stays live with l1");
		assertThat(server.run("./promote.sh").exitCode()).isEqualTo(1);

		server.run("./deploy.sh", "--hold", "l2").orThrow();
		assertThat(server.run("./deploy.sh", "l2").orThrow().output())
			.contains("==> removing l2 in green, which was held")
			.contains("==> l2 is live");
		server.run("./deploy.sh", "--hold", "l2").orThrow();
		assertThat(server.run("./rollback.sh").orThrow().output()).contains("==> removing l2 in blue, which was held");
		assertThat(server.live()).isEqualTo("blue l1");
	}

	/**
	 * After a reboot it is held, as it was; what ends before the switch changes nothing.
	 */
	@Test
	void shouldStillHoldWhatCannotBePromotedYet() {
		server.run("./deploy.sh", "--hold", "l2").orThrow();
		server.server().reboot();
		server.shell("timeout 30 sh -c '. lib/all.sh; until see && serves green; do sleep 0.1; done'").orThrow();
		server.shell("echo '/status 201' >smoke.txt").orThrow();
		Execution refused = server.run("./promote.sh");
		assertThat(refused.exitCode()).isEqualTo(1);
		assertThat(refused.output())
			.contains("deploy.sh: green-1 with l2 answered /status of smoke.txt with 200 and not with 201");
		assertThat(server.live()).isEqualTo("blue l1");
		assertThat(preview()).isEqualTo("l2");
		server.shell("echo '/status 200' >smoke.txt").orThrow();
		assertThat(server.run("./promote.sh").orThrow().output()).contains("==> green answers what smoke.txt asks",
				"==> l2 is live");
	}

	@Test
	void shouldSwitchToNothingThatSmokeTxtFinds() {
		server.littleRelease("l6", "location = /basket { return 500; }");
		server.shell("printf '%s\\n' '# What must never break' / '/basket' >smoke.txt").orThrow();
		Execution deploy = server.run("./deploy.sh", "l6");
		assertThat(deploy.exitCode()).isEqualTo(1);
		assertThat(deploy.output()).contains("deploy.sh: green-1 with l6 answered /basket of smoke.txt with 500, the");
		assertThat(server.live()).isEqualTo("blue l1");
		assertThat(server.run("./status.sh").output()).containsPattern("green +off");
		server.run("./deploy.sh", "l2").orThrow();
	}

	/** What its owner sees at the port that is not published. */
	private static String preview() {
		return server.shell("curl -s http://172.29.77.2:8083/").orThrow().output();
	}

	private static UnderLoad underLoad(String... command) {
		UnderLoad underLoad = UnderLoad.run(server.server(), UnderLoad.DEFAULT_RATE, LittleServer.DEFAULT_LIMIT,
				(line) -> {
				}, command);
		assertThat(underLoad.execution().exitCode()).as(underLoad.execution().output()).isZero();
		ReportAssert.assertThat(underLoad.report()).isTrusted().lostNothing();
		return underLoad;
	}

}
