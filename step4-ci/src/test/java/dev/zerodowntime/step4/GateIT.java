package dev.zerodowntime.step4;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.step4.CiServer.Release;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the gate does with each kind of bad release, and on each kind of bad day. The
 * releases boot at once, so that each case takes seconds.
 */
class GateIT {

	/**
	 * Answers what asks the instance itself, as the warm-up and the deploy's own watch
	 * do, and fails for all that comes through nginx.
	 */
	private static final String FAILS = "if ($http_x_forwarded_for) { return 500; }";

	/** Fails for what asks the instance itself, once there is a file. */
	private static final String FAILS_LATER = "set $direct \"\"; if (-f /tmp/sick) { set $direct yes; } "
			+ "if ($http_x_forwarded_for) { set $direct \"\"; } if ($direct) { return 500; }";

	private static final String BREAKS_WRITES = "if ($request_method = POST) { return 500; }";

	private static CiServer server;

	private static Execution first;

	private String before = "";

	@BeforeAll
	static void start() {
		server = CiServer.inAHurry();
		server.prepare(releases());
		first = gate(server.prepared("first"));
	}

	/** All that a test ships; those with a label of their own it makes itself. */
	private static Map<String, String> releases() {
		Map<String, String> releases = new LinkedHashMap<>();
		for (String version : List.of("first", "other-commit", "used", "unread", "hangs-12", "hangs-25", "twice",
				"same", "fix", "late", "by-hand", "replaced", "next", "unwatched", "untold", "unknown", "known",
				"back-here", "from-here")) {
			releases.put(version, "");
		}
		for (String version : List.of("fails", "left", "broken", "no-fix")) {
			releases.put(version, FAILS);
		}
		releases.put("breaks-writes", BREAKS_WRITES);
		releases.put("sick", FAILS_LATER);
		return releases;
	}

	@BeforeEach
	void remember() {
		this.before = server.live();
	}

	@Test
	void shouldShipTheFirstReleaseAndSayThatItComparedNothing() {
		String message = "first is live; there was no live release to compare with";
		assertThat(first.exitCode()).as(first.output()).isZero();
		assertThat(first.lines()).last().isEqualTo("==> " + message);
		assertThat(server.shell("docker image inspect --format '{{.RepoDigests}}' bluegreen/guest-book:first").output())
			.as("a second name, which would keep the layers when the first is removed")
			.isEqualTo("[]");
		String summary = "deploys/" + server.prepared("first").commit() + "/summary.md";
		assertThat(server.shell("cat " + summary + "; grep ' first ' releases.log").output()).contains(message)
			.contains(" live");
	}

	@ParameterizedTest
	@CsvSource({ "unnamed, '', the image has to say what it is",
			"other-version, v9, the image says that it is v9 of commit" })
	void shouldRefuseAnImageThatIsNotWhatItIsCalled(String version, String label, String message) {
		assertRefused(server.release(version, label, ""), message);
	}

	@Test
	void shouldRefuseAnImageOfAnotherCommit() {
		Release release = server.prepared("other-commit");
		assertRefused(new Release(release.version(), "f".repeat(40), release.image()),
				"the image says that it is other-commit of commit " + release.commit() + ", and not other-commit");
	}

	@Test
	void shouldRefuseTheNameOfAnotherImage() {
		Release release = server.prepared("used");
		server.shell("docker tag $(. bluegreen/settings.sh; echo $NGINX_IMAGE) bluegreen/guest-book:used").orThrow();
		Execution refused = gate(release);
		assertThat(refused.exitCode()).as(refused.output()).isEqualTo(2);
		assertThat(refused.lines()).last()
			.asString()
			.startsWith("gate.sh: used is the name of another image on this server")
			.endsWith("nothing was touched");
		assertThat(server.live()).isEqualTo(this.before);
	}

	@Test
	void shouldRefuseWhereItCannotReadWhatIsLive() {
		Release release = server.prepared("unread");
		server.shell("docker top bluegreen-nginx-1 -eo pid | tail -n +2 | xargs kill -STOP").orThrow();
		Execution refused;
		try {
			refused = gate(release);
		}
		finally {
			server.shell("docker top bluegreen-nginx-1 -eo pid | tail -n +2 | xargs kill -CONT").orThrow();
		}
		assertThat(refused.output()).contains("nginx runs, but did not answer")
			.contains("gate.sh: it cannot be read what is live (see above); nothing was touched");
		assertRefused(refused, release);
	}

	@Test
	void shouldSkipACommitThatIsOlderThanTheLiveOne() {
		Release older = server.olderRelease("older");
		Execution skipped = gate(older);
		assertThat(skipped.exitCode()).as(skipped.output()).isEqualTo(4);
		assertThat(skipped.lines()).last()
			.asString()
			.startsWith("gate.sh: skipped: commit %s is older than %s, which is live".formatted(older.commit(),
					this.before));
		assertThat(server.live()).isEqualTo(this.before);
		assertKept(gate(older, "again"), "older");
	}

	/** Both of its instances, and their health endpoint with them. */
	@ParameterizedTest
	@ValueSource(strings = { "docker pause", "docker kill --signal STOP" })
	void shouldTakeBackAReleaseThatHangs(String hang) throws InterruptedException {
		Release release = server.prepared("hangs-" + hang.length());
		Execution gate = server.during("switched to ",
				"docker ps --quiet --filter ancestor=bluegreen/guest-book:" + release.version() + " | xargs " + hang,
				command(release));
		assertTakenBack(gate, release, "more than 0 requests were lost");
	}

	@Test
	void shouldTakeBackAReleaseThatFailsAfterTheSwitch() {
		Release release = server.prepared("fails");
		assertTakenBack(gate(release), release, "more than 0 requests were lost");
	}

	@Test
	void shouldTakeBackAReleaseThatBreaksWhatTheOwnerLists() {
		Release release = server.prepared("breaks-writes");
		server.shell("sed -i 's/^#POST/POST/' gate-requests.txt; grep -q ^POST gate-requests.txt").orThrow();
		try {
			assertTakenBack(gate(release), release, "more than 0 requests were lost");
		}
		finally {
			server.shell("cp pristine/gate-requests.txt .").orThrow();
		}
	}

	@Test
	void shouldSayThatTheDeployItselfRolledBack() throws InterruptedException {
		Release release = server.prepared("sick");
		Execution gate = server.during("switched to ",
				"for each in $(docker ps --quiet --filter ancestor=bluegreen/guest-book:sick); do docker exec $each touch /tmp/sick; done",
				command(release));
		assertTakenBack(gate, release, "the deploy rolled it back (");
		assertThat(gate.output()).contains("answered / with 500");
	}

	@Test
	void shouldNotChargeTheNewReleaseWithWhatTheLiveOneLoses() throws InterruptedException {
		Release release = server.prepared("twice");
		byHand(release);
		Execution gate = server.during("==> starting ", """
				live=$(docker ps --quiet --filter ancestor=bluegreen/guest-book:twice)
				docker pause $live
				# As long as the fault lasts
				sleep 2
				docker unpause $live
				""", command(release));
		assertKept(gate, "twice");
		assertThat(server.shell("cat deploys/" + release.commit() + "/summary.md").output())
			.as("what was lost before the switch is reported")
			.contains("timeout ");
	}

	/** To the group that was live, although the release is the same. */
	@Test
	void shouldTakeBackTheSameReleaseToItsOtherGroup() throws InterruptedException {
		Release release = server.prepared("same");
		byHand(release);
		String group = group();
		Execution gate = server.during("switched to ", """
				group=$(curl -s http://172.29.77.2:8082/group)
				docker pause bluegreen-$group-1-1 bluegreen-$group-2-1
				""", command(release));
		assertThat(gate.exitCode()).as(gate.output()).isEqualTo(1);
		assertThat(gate.lines()).last()
			.asString()
			.startsWith(
					"gate.sh: same was live before, and is as it was: its new deploy was ended, because more than 0");
		assertThat(server.live()).isEqualTo("same");
		assertThat(group()).isEqualTo(group);
	}

	@Test
	void shouldForgetTheNameThatAGateLeftWhichWasKilled() {
		Release release = server.prepared("left");
		server.shell("docker tag " + release.image() + " bluegreen/guest-book:left").orThrow();
		assertTakenBack(gate(release), release, "more than 0 requests were lost");
	}

	@Test
	void shouldReplaceABrokenLiveReleaseByItsFixOnly() {
		Release broken = server.prepared("broken");
		byHand(broken);
		this.before = "broken";
		Release noFix = server.prepared("no-fix");
		assertTakenBack(gate(noFix), noFix, "more than 0 requests were lost");
		assertThat(broken.version()).isEqualTo(server.live());
		assertKept(gate(server.prepared("fix")), "fix");
	}

	@Test
	void shouldNotDisturbADeployByHand() throws InterruptedException {
		Release release = server.prepared("late");
		server.prepared("by-hand");
		server.shell("docker tag localhost:5000/guest-book:by-hand bluegreen/guest-book:by-hand").orThrow();
		List<Execution> byHand = new ArrayList<>();
		// It has the lock when the gate's deploy wants it
		Execution gate = server.during("==> pulling ",
				": >by-hand.log; bluegreen/deploy.sh --no-bake by-hand >by-hand.log 2>&1 & until grep -q starting by-hand.log; do :; done",
				command(release));
		byHand.add(server.shell("flock bluegreen/deploy.lock cat by-hand.log"));
		assertThat(gate.exitCode()).as(gate.output()).isEqualTo(1);
		assertThat(gate.output()).containsAnyOf("another deploy is running, nothing was touched",
				"another command has made by-hand live meanwhile, nothing was deployed");
		assertThat(gate.lines()).last().asString().startsWith("gate.sh: late is not live: its deploy failed; ");
		assertThat(byHand.get(0).output()).contains("by-hand is live");
		assertThat(server.live()).isEqualTo("by-hand");
	}

	@Test
	void shouldNotTakeBackWhatAnotherDeployHasReplaced() throws InterruptedException {
		Release release = server.prepared("replaced");
		server.prepared("next");
		server.shell("docker tag localhost:5000/guest-book:next bluegreen/guest-book:next").orThrow();
		// It is in its bake time when the other one begins
		String[] bakesLong = Stream.concat(Stream.of("env", "BAKE=60"), Stream.of(command(release)))
			.toArray(String[]::new);
		Execution gate = server.during("==> drained", "bluegreen/deploy.sh --no-bake next", bakesLong);
		assertThat(gate.exitCode()).as(gate.output()).isZero();
		assertThat(gate.output()).contains("another command has taken over");
		assertThat(server.live()).isEqualTo("next");
	}

	@Test
	void shouldStopTheDeployWhenTheProbeIsKilled() throws InterruptedException {
		Release release = server.prepared("unwatched");
		Execution gate = server.during("switched to ", "pkill -KILL -f 'probe.ja[r] run'", command(release));
		assertTakenBack(gate, release, "the probe ended with status 137 before the deploy");
	}

	@Test
	void shouldTakeBackWhatHasNoVerdictWhenItIsToldToEnd() throws InterruptedException {
		Release release = server.prepared("untold");
		Execution gate = server.during("switched to ", "pkill -TERM -f 'gate.s[h] untold'", command(release));
		assertTakenBack(gate, release, "the gate was told to end");
	}

	/** The deploy goes on without it; the one after waits, and writes it down. */
	@Test
	void shouldWriteDownWhatAKilledGateCouldNot() {
		Release unknown = server.prepared("unknown");
		Release known = server.prepared("known");
		server.shell("""
				: >killed.log
				%s >killed.log 2>&1 &
				timeout 60 sh -c 'until grep -q "switched to " killed.log; do sleep 0.05; done'
				kill -KILL $!
				""".formatted(String.join(" ", command(unknown)))).orThrow();
		Execution next = gate(known);
		assertKept(next, "known");
		assertThat(next.output()).contains("==> waiting for the deploy before: unknown, commit ")
			.contains("==> releases.log did not know yet that unknown went live");
		assertThat(server.shell("cat releases.log").output()).containsPattern(" unknown .* unproven");
	}

	@Test
	void shouldGoOnWithARollbackWhenTheConnectionIsLost() {
		byHand(server.prepared("back-here"));
		assertKept(gate(server.prepared("from-here")), "from-here");
		Execution lost = server.shell("timeout 1 ssh -T -i keys/ci -o IdentitiesOnly=yes app@127.0.0.1 rollback");
		assertThat(lost.exitCode()).as(lost.output()).isEqualTo(124);
		Execution followed = server
			.shell("ssh -T -i keys/ci -o IdentitiesOnly=yes app@127.0.0.1 follow rollback </dev/null");
		assertThat(followed.exitCode()).as(followed.output()).isZero();
		assertThat(followed.output()).contains("back-here is live");
		assertThat(server.live()).isEqualTo("back-here");
		assertThat(server.run("./history.sh").lines()).last().asString().contains(" back-here ").endsWith(" rollback");
	}

	/** Live, without a gate. */
	private static void byHand(Release release) {
		server
			.shell("docker tag " + release.image() + " bluegreen/guest-book:" + release.version()
					+ "; bluegreen/deploy.sh --no-bake " + release.version())
			.orThrow();
	}

	private static String group() {
		return server.shell("curl -s http://172.29.77.2:8082/group").orThrow().output();
	}

	private static String[] command(Release release, String... more) {
		return Stream
			.concat(Stream.of("./gate.sh", release.version(), release.commit(), release.image()), Stream.of(more))
			.toArray(String[]::new);
	}

	private static Execution gate(Release release, String... more) {
		return server.run(command(release, more));
	}

	private static void assertKept(Execution gate, String version) {
		assertThat(gate.exitCode()).as(gate.output()).isZero();
		assertThat(gate.lines()).last().isEqualTo("==> " + version + " is kept");
		assertThat(server.live()).isEqualTo(version);
		assertThat(server.run("./history.sh").lines()).last()
			.asString()
			.contains(" " + version + " ")
			.endsWith(" live");
	}

	private void assertTakenBack(Execution gate, Release release, String why) {
		assertThat(gate.exitCode()).as(gate.output()).isEqualTo(1);
		assertThat(gate.lines()).last()
			.asString()
			.startsWith("gate.sh: %s is not live: %s".formatted(release.version(), why))
			.endsWith("; " + this.before + " is live");
		assertThat(server.live()).isEqualTo(this.before);
		assertThat(server.run("./history.sh").lines()).last().asString().contains(release.commit()).endsWith(" failed");
		assertNoName(release);
		gate.lines()
			.stream()
			.filter((line) -> line.startsWith("Lost "))
			.forEach((line) -> System.out.println(release.version() + ": " + line));
	}

	private void assertRefused(Release release, String message) {
		Execution refused = gate(release);
		assertThat(refused.lines()).last().asString().startsWith("gate.sh: " + message).endsWith("nothing was touched");
		assertRefused(refused, release);
	}

	private void assertRefused(Execution refused, Release release) {
		assertThat(refused.exitCode()).as(refused.output()).isEqualTo(2);
		assertThat(server.live()).isEqualTo(this.before);
		assertThat(server.shell("cat releases.log").output()).doesNotContain(" " + release.version() + " ");
		assertNoName(release);
	}

	private static void assertNoName(Release release) {
		assertThat(server.run("docker", "images", "--quiet", "bluegreen/guest-book:" + release.version()).output())
			.as("images with the name of a release that is not live")
			.isEmpty();
	}

}
