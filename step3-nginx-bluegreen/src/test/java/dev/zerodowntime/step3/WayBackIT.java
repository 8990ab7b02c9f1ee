package dev.zerodowntime.step3;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.UnderLoad;
import dev.zerodowntime.lab.junit.MeasuredTest;
import dev.zerodowntime.probe.ReportAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the new release does, and wherever a command was cut off: the next command
 * does the right thing, and says what it does.
 */
class WayBackIT {

	/** What a release that hangs does: it accepts connections and never answers. */
	private static final String HANG = """
			for container in bluegreen-green-1-1 bluegreen-green-2-1; do
				kill -STOP $(docker top $container -eo pid | tail -n +2)
			done
			""";

	private static final Pattern SWITCHED_BACK = Pattern
		.compile("==> switched back to blue with l1, (\\d+) ms after the first failed look");

	private static final String GO_ON = HANG.replace("-STOP", "-CONT");

	private static BlueGreenServer server;

	@BeforeAll
	static void start() {
		server = BlueGreenServer.withLittleReleases();
		server.littleRelease("l3", "");
	}

	/** In each test, l1 is live in blue and l2 would come to green. */
	@BeforeEach
	void beginAnew() {
		server.beginAnew();
	}

	@Test
	void shouldRollBackByHandWhileTheNewReleaseHangs() throws InterruptedException {
		server.set("BAKE=60 WATCH_LIMIT=60");
		Deploying deploy = Deploying.run(server, "./deploy.sh", "l2").until("stays warm");
		asRoot(HANG);
		assertThat(server.run("./status.sh").orThrow().output()).contains("green  live       l2")
			.contains("green-1  running green-1 did not answer / within 1 s");
		Execution rollback = server.run("./rollback.sh");
		assertThat(rollback.exitCode()).as(rollback.output()).isZero();
		assertThat(rollback.output()).containsPattern("l1 is live, switched in switch=\\d+ms");
		print("by hand, from a release that hangs", rollback, "switched in");
		assertThat(server.live()).isEqualTo("blue l1");
		assertThat(deploy.ended().exitCode()).isEqualTo(1);
		assertThat(deploy.ended().output()).contains("deploy.sh: l2 was rolled back");
		assertThat(containers()).isEqualTo("blue-1 blue-2 nginx");
	}

	@Test
	void shouldDeployOverAReleaseThatHangs() {
		server.run("./deploy.sh", "l2").orThrow();
		asRoot(HANG);
		server.set("DRAIN_LIMIT=2");
		server.run("./deploy.sh", "l1").orThrow();
		assertThat(server.live()).isEqualTo("blue l1");
		assertThat(containers()).isEqualTo("blue-1 blue-2 nginx");
	}

	@Test
	void shouldSwitchBackByItselfFromAReleaseThatHangs() throws InterruptedException {
		Execution deploy = watched("l2", HANG);
		assertThat(deploy.output()).contains("==> green-1 did not answer / within 1 s");
	}

	@Test
	void shouldSwitchBackByItselfFromAReleaseThatDies() throws InterruptedException {
		Execution deploy = watched("l2", "docker kill bluegreen-green-1-1 bluegreen-green-2-1");
		assertThat(deploy.output()).contains("==> green-1 is exited");
	}

	@Test
	void shouldSwitchBackByItselfFromAReleaseThatFails() throws InterruptedException {
		server.littleRelease("l4", "location = / { if (-f /tmp/bad) { return 500; } return 200; }");
		Execution deploy = watched("l4", "docker exec bluegreen-green-2-1 touch /tmp/bad");
		assertThat(deploy.output()).contains("==> green-2 answered / with 500");
	}

	/** It cannot stop the group before yet, so it can still switch back to it. */
	@Test
	void shouldGoOnWatchingWhileAnotherCommandHoldsTheLock() throws InterruptedException {
		server.set("BAKE=1 WATCH_LIMIT=1");
		Deploying deploy = Deploying.run(server, "./deploy.sh", "l2").until("stays warm");
		Deploying other = Deploying.run(server, "sh", "-c", """
				exec 9<>deploy.lock
				flock 9
				echo locked
				timeout 30 sh -c 'until [ -e hangs ]; do sleep 0.1; done'
				# Longer than the new release may hang
				sleep 3
				""").until("locked");
		// Its bake time is over
		server.shell("sleep 2").orThrow();
		asRoot(HANG);
		server.shell("touch hangs").orThrow();
		other.ended().orThrow();
		Execution ended = deploy.ended();
		server.shell("rm hangs").orThrow();
		assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1);
		assertThat(ended.output()).contains("==> switched back to blue with l1");
		assertThat(server.live()).isEqualTo("blue l1");
	}

	/** Neither has a place to write to. */
	@Test
	void shouldSwitchBackWhereTheLockCannotBeWritten() throws InterruptedException {
		server.set("BAKE=60");
		Deploying deploy = Deploying.run(server, "./deploy.sh", "l2").until("stays warm");
		asRoot("rm /srv/app/deploy.lock && ln -s /dev/full /srv/app/deploy.lock");
		try {
			assertThat(server.run("./rollback.sh").orThrow().output()).contains("l1 is live, switched in");
			assertThat(deploy.ended().output()).contains("deploy.sh: l2 was rolled back");
		}
		finally {
			asRoot("rm /srv/app/deploy.lock");
		}
		assertThat(server.live()).isEqualTo("blue l1");
	}

	/** The logs of the group before have no place. */
	@Test
	void shouldSucceedWhereTheLogsCannotBeKept() {
		asRoot("rm -rf /srv/app/log && touch /srv/app/log");
		try {
			assertThat(server.run("./deploy.sh", "l2").orThrow().output()).contains("==> l2 is live");
		}
		finally {
			asRoot("rm /srv/app/log");
		}
		assertThat(server.live()).isEqualTo("green l2");
		assertThat(containers()).isEqualTo("green-1 green-2 nginx");
	}

	/** Only because all is well again, not because nobody looks. */
	@Test
	void shouldKeepAReleaseThatHangsForAMoment() throws InterruptedException {
		server.set("BAKE=5 WATCH_LIMIT=30");
		Deploying deploy = Deploying.run(server, "./deploy.sh", "l2").until("stays warm");
		asRoot(HANG);
		deploy.until("did not answer");
		asRoot(GO_ON);
		assertThat(deploy.ended().output()).contains("==> green is well again", "==> l2 is live");
		assertThat(server.live()).isEqualTo("green l2");
	}

	@Test
	void shouldKeepTheNewReleaseWhereTheOneBeforeIsNoBetter() throws InterruptedException {
		server.set("BAKE=8 WATCH_LIMIT=1");
		Deploying deploy = Deploying.run(server, "./deploy.sh", "l2").until("stays warm");
		asRoot(HANG + HANG.replace("-green-", "-blue-"));
		deploy.until("green stays live, for blue is no better");
		asRoot(GO_ON + GO_ON.replace("-green-", "-blue-"));
		assertThat(deploy.ended().exitCode()).as(deploy.ended().output()).isZero();
		assertThat(server.live()).isEqualTo("green l2");
	}

	@MeasuredTest
	void shouldNotRollBackToAReleaseThatWasNeverLive() {
		// Interrupted by a signal: removed
		Execution signalled = underLoad(cutOff("TERM", "is ready", "./rollback.sh"));
		assertThat(signalled.exitCode()).isEqualTo(1);
		assertThat(signalled.output()).contains("deploy.sh: interrupted while: ")
			.contains("l1 was live, and is")
			.contains("rollback.sh: there is nothing to roll back to");
		assertThat(containers()).isEqualTo("blue-1 blue-2 nginx");

		// Killed: left behind, and named
		Execution killed = underLoad(cutOff("KILL", "is ready", "./status.sh; ./deploy.sh l1; ./rollback.sh"));
		assertThat(killed.output()).containsPattern("green +left behind +l2")
			.contains("==> removing l2 in green: left behind by a command that was cut off")
			.contains("rollback.sh: there is nothing to roll back to");
		assertThat(server.version()).isEqualTo("l1");
	}

	/**
	 * At the moment of the switch, and in the ones around it; a reload and a restart of
	 * nginx change nothing.
	 */
	@MeasuredTest
	void shouldRouteToWhatWasLiveWhateverWasCutOff() {
		for (String point : new String[] { "is warm", "switched to" }) {
			server.beginAnew();
			String after = """
					curl -s http://172.29.77.2:8082/group >before
					./reload.sh
					curl -s http://172.29.77.2:8082/group | cmp - before && echo same group
					./status.sh
					./deploy.sh l3
					""";
			Execution execution = underLoad(cutOff("KILL", point, after));
			assertThat(execution.exitCode()).as(execution.output()).isZero();
			assertThat(execution.output()).as(point).contains("same group");
			assertThat(server.version()).isEqualTo("l3");
		}
	}

	@Test
	void shouldRouteToTheSameGroupAfterARestartOfNginx() {
		server.run("./deploy.sh", "l2").orThrow();
		server.run("docker", "restart", "bluegreen-nginx-1").orThrow();
		server.shell("timeout 10 sh -c 'until curl -s http://172.29.77.2:8082/group; do sleep 0.1; done'").orThrow();
		assertThat(server.live()).isEqualTo("green l2");
	}

	@Test
	void shouldKnowAReleaseFromItsSwitchOn() {
		server.set("BAKE=60");
		Execution execution = server.run("sh", "-c",
				cutOff("TERM", "stays warm", "./deploy.sh --no-bake l3; ./rollback.sh"));
		assertThat(execution.output()).contains("deploy.sh: interrupted: l2 is live, blue stays up with l1")
			.contains("==> l2 is not warm any more: deploying it");
		assertThat(server.version()).isEqualTo("l2");
	}

	@Test
	void shouldGoFurtherBackAndNeverForward() {
		for (String version : new String[] { "l2", "l3" }) {
			server.run("./deploy.sh", version).orThrow();
		}
		server.run("./rollback.sh").orThrow();
		assertThat(server.version()).isEqualTo("l2");
		server.run("./rollback.sh").orThrow();
		assertThat(server.version()).isEqualTo("l1");
		Execution none = server.run("./rollback.sh");
		assertThat(none.exitCode()).isEqualTo(1);
		assertThat(none.output()).startsWith("rollback.sh: there is nothing to roll back to");
		assertThat(server.run("./rollback.sh", "--list").lines()).hasSize(3)
			.anySatisfy((line) -> assertThat(line).matches("l1 +switched to \\d+ s ago by app, live"))
			.anySatisfy((line) -> assertThat(line).matches("l3 +switched to .+ by app, rolled back .+ ago"));

		server.run("./rollback.sh", "l3").orThrow();
		assertThat(server.version()).isEqualTo("l3");
		Execution never = server.run("./rollback.sh", "l9");
		assertThat(never.exitCode()).isEqualTo(2);
		assertThat(never.output()).startsWith("rollback.sh: l9 was never live here");
	}

	@Test
	void shouldGoOnWhereContainersWereRemovedByHand() {
		server.run("./deploy.sh", "l2").orThrow();
		server.run("docker", "rm", "--force", "bluegreen-green-1-1").orThrow();
		assertThat(server.run("./status.sh").orThrow().output()).contains("green  live       l2")
			.contains("green-1  no container");
		assertThat(server.run("./rollback.sh").orThrow().output()).contains("l1 is not warm any more: deploying it");
		assertThat(server.live()).isEqualTo("blue l1");

		server.shell("docker rm --force bluegreen-blue-1-1 bluegreen-blue-2-1").orThrow();
		assertThat(server.run("./status.sh").orThrow().output()).contains("blue   live");
		server.run("./deploy.sh", "l2").orThrow();
		assertThat(server.live()).isEqualTo("green l2");
	}

	/** Whatever has happened to nginx, the next command makes it serve again. */
	@ParameterizedTest
	@ValueSource(strings = { "pause", "stop", "rm --force" })
	void shouldServeAgainWhereNginxDoesNotRun(String harm) {
		server.run("./deploy.sh", "l2").orThrow();
		server.shell("docker " + harm + " bluegreen-nginx-1").orThrow();
		assertThat(server.run("./status.sh").orThrow().output()).startsWith("nginx is not running (")
			.contains("green  live       l2");
		Execution rollback = server.run("./rollback.sh").orThrow();
		assertThat(rollback.output()).containsPattern("==> nginx is (paused|exited|gone): starting it");
		assertThat(server.live()).isEqualTo("blue l1");
	}

	/** A release that is deployed again, with other settings perhaps. */
	@Test
	void shouldRollBackToTheOtherGroupWhereItIsTheSameRelease() throws InterruptedException {
		server.set("BAKE=60");
		Deploying again = Deploying.run(server, "./deploy.sh", "l1").until("stays warm");
		assertThat(server.run("./status.sh").orThrow().output())
			.contains("./rollback.sh switches back to blue with l1");
		assertThat(server.run("./rollback.sh").orThrow().output()).contains("==> l1 is live, switched in");
		assertThat(server.live()).isEqualTo("blue l1");
		assertThat(again.ended().exitCode()).isEqualTo(1);
		assertThat(server.run("./rollback.sh", "--list").output()).matches("l1 +switched to .+, live");
		assertThat(server.run("./rollback.sh", "l1").lines()).containsExactly("rollback.sh: l1 is live already");

		server.shell("sed -i 's/^[0-9]*/2099/' history").orThrow();
		assertThat(server.run("./rollback.sh", "--list").output()).as("a clock that was set back")
			.matches("l1 +switched to at 2099-.+ by app, live");
	}

	/** No space left, say: the switch itself needs none. */
	@Test
	void shouldGoOnWhereTheHistoryCannotBeWritten() {
		server.shell("chmod 444 history").orThrow();
		assertThat(server.run("./deploy.sh", "l2").orThrow().output())
			.contains("==> history could not be written, no space left? It lacks: l2 switched group=green")
			.contains("==> l2 is live");
		server.shell("chmod 644 history").orThrow();
		assertThat(server.run("./rollback.sh").orThrow().output())
			.contains("==> history did not know yet that l2 went live");
		assertThat(server.live()).isEqualTo("blue l1");
	}

	/** nginx routes to blue where no file says anything. */
	@Test
	void shouldKnowThatNothingIsLiveWhereOnlyNginxRuns() {
		server.shell("rm nginx/live/* history; docker rm --force bluegreen-blue-1-1 bluegreen-blue-2-1").orThrow();
		assertThat(server.run("./status.sh").orThrow().output()).doesNotContain("live ")
			.contains("./rollback.sh there is nothing to roll back to");
		server.shell("docker rm --force bluegreen-nginx-1").orThrow();
		assertThat(server.run("env", "SUBNET=172.29.78", "./deploy.sh", "l1").lines()).hasSize(1)
			.first()
			.asString()
			.startsWith("deploy.sh: the network bluegreen_guest-book has 172.29.77.0/24 and SUBNET is 172.29.78");
		assertThat(server.run("./deploy.sh", "l1").orThrow().output()).contains("==> blue is live");
		assertThat(server.live()).isEqualTo("blue l1");
	}

	/**
	 * Before anything can be switched, the reboot takes the way to the service itself.
	 */
	@Test
	void shouldKnowAfterARebootWhatWasLive() throws InterruptedException {
		Deploying booting = Deploying.run(server, "./deploy.sh", "l2").until("is ready");
		server.server().reboot();
		booting.ended();
		assertThat(server.live()).isEqualTo("blue l1");
		assertThat(server.run("./rollback.sh").output()).startsWith("rollback.sh: there is nothing to roll back to");
		server.set("BAKE=60");
		Deploying warm = Deploying.run(server, "./deploy.sh", "l2").until("stays warm");
		server.server().reboot();
		warm.ended();
		assertThat(server.live()).isEqualTo("green l2");
		assertThat(server.run("./rollback.sh").orThrow().output()).contains("l1 is live");
		assertThat(server.version()).isEqualTo("l1");
	}

	private Execution watched(String version, String harm) throws InterruptedException {
		server.set("BAKE=60 WATCH_LIMIT=1");
		Deploying deploy = Deploying.run(server, "./deploy.sh", version).until("stays warm");
		asRoot(harm);
		Execution ended = deploy.ended();
		assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1);
		assertThat(ended.output()).contains("deploy.sh: " + version + " was rolled back: ");
		assertThat(ended.lines()).anySatisfy((line) -> {
			Matcher back = SWITCHED_BACK.matcher(line);
			assertThat(back.matches()).isTrue();
			// As WATCH_LIMIT says, and not when the bake time ends
			assertThat(Integer.parseInt(back.group(1))).isBetween(1000, 20_000);
		});
		print("by the watch, WATCH_LIMIT=1", ended, "after the first failed look");
		assertThat(server.live()).isEqualTo("blue l1");
		assertThat(containers()).isEqualTo("blue-1 blue-2 nginx");
		assertThat(server.shell("grep -c '" + version + " rolled-back' history").output()).isEqualTo("1");
		return ended;
	}

	/**
	 * A deploy of l2 that is ended as soon as it has said something; then other commands.
	 */
	private static String cutOff(String signal, String point, String then) {
		return """
				: >cut-off.log
				./deploy.sh l2 >cut-off.log 2>&1 &
				timeout 60 sh -c 'until grep -q "%s" cut-off.log; do sleep 0.02; done'
				kill -%s $!
				wait $!
				cat cut-off.log
				%s
				""".formatted(point, signal, then);
	}

	/** Runs a script while requests come, and insists that none is lost. */
	private Execution underLoad(String script) {
		UnderLoad underLoad = UnderLoad.run(server.server(), UnderLoad.DEFAULT_RATE, LittleServer.DEFAULT_LIMIT,
				(line) -> {
				}, "sh", "-c", script);
		ReportAssert.assertThat(underLoad.report()).isTrusted().lostNothing();
		return underLoad.execution();
	}

	/** How long the way back took. */
	private static void print(String what, Execution execution, String text) {
		execution.lines()
			.stream()
			.filter((line) -> line.contains(text))
			.forEach((line) -> System.out.println(what + ": " + line));
	}

	private void asRoot(String script) {
		server.server().execAsRoot("sh", "-c", script).orThrow();
	}

	private String containers() {
		return server.shell("docker ps --all --format '{{.Names}}' | sed 's/^bluegreen-//; s/-1$//' | sort | xargs")
			.output();
	}

}
