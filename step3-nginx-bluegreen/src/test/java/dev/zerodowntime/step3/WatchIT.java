package dev.zerodowntime.step3;

import java.time.Duration;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.junit.MeasuredTest;
import dev.zerodowntime.probe.Probe;
import dev.zerodowntime.probe.ReportAssert;
import dev.zerodowntime.probe.model.Report;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One of two live instances is at fault, between deploys: nginx takes it out and puts it
 * back by itself. Each test prints what was lost.
 */
class WatchIT {

	/** In each connection mode, per second. */
	private static final double RATE = 40;

	/**
	 * Seconds in which requests may be passed to an instance that hangs: a look takes
	 * one, and there is one a second.
	 */
	private static final int MAX_SECONDS = 6;

	/** Before and after the fault. */
	private static final Duration PAUSE = Duration.ofMillis(500);

	/** The port is open at once. Ready, and able to answer, it is four seconds later. */
	private static final String SLOW_TO_BOOT = """
			docker build --quiet --tag bluegreen/guest-book:late - <<'END'
			FROM bluegreen/guest-book:l1
			USER 0
			RUN sed -i 's|listen 808.;|& if (-e /tmp/boots) { return 503; }|' /etc/little.conf
			USER 10001:10001
			CMD ["sh", "-c", "touch /tmp/boots; (sleep 4; rm /tmp/boots) & exec nginx -c /etc/little.conf -g 'daemon off;'"]
			END
			""";

	private static final String AWAIT = """
			. lib/all.sh
			timeout 20 sh -c '
				. lib/all.sh
				until [ "$(curl -s -o /dev/null -w "%{http_code}" "http://$SUBNET.2:8082/out/$0")" = "$1" ]; do sleep 0.1; done
			' {instance} {status}
			""";

	private static BlueGreenServer server;

	private String instance = "";

	@BeforeAll
	static void start() {
		server = BlueGreenServer.withLittleReleases();
		server.shell(SLOW_TO_BOOT).orThrow();
		server.run("./deploy.sh", "late").orThrow();
	}

	@BeforeEach
	void choose() {
		this.instance = server.shell("curl -s http://172.29.77.2:8082/group").output() + "-1";
	}

	@AfterEach
	void allAreIn() {
		awaitOut(404);
	}

	@MeasuredTest
	void shouldTakeOutAnInstanceThatHangs() {
		Report report = measured("""
				docker pause bluegreen-{instance}-1
				""", """
				docker unpause bluegreen-{instance}-1
				""");
		printed("hangs", report);
		ReportAssert.assertThat(report).isTrusted();
		assertThat(report.totalDropped()).as("half of what was sent until it was out")
			.isPositive()
			.isLessThan((long) (MAX_SECONDS * RATE));
	}

	@MeasuredTest
	void shouldTakeOutAnInstanceThatIsGone() {
		Report report = measured("""
				docker stop --time 0 bluegreen-{instance}-1
				""", """
				docker start bluegreen-{instance}-1
				""");
		printed("is gone", report);
		ReportAssert.assertThat(report).isTrusted();
	}

	/** As after a crash: its port is open long before it is ready. */
	@MeasuredTest
	void shouldLeaveOutAnInstanceThatStartedAgainUntilItIsReady() {
		Report report = measured("""
				docker restart --time 0 bluegreen-{instance}-1
				""", "");
		printed("is started again", report);
		ReportAssert.assertThat(report).isTrusted();
	}

	/** One failure is no reason to take an instance out. */
	@MeasuredTest
	void shouldNotTakeOutAnInstanceThatIsWellAgainASecondLater() {
		String since = shell("date +%s").output().strip();
		Report report = probe().around(() -> {
			shell("docker pause bluegreen-{instance}-1; sleep 0.5; docker unpause bluegreen-{instance}-1");
		}).report();
		ReportAssert.assertThat(report).isTrusted().lostNothing();
		assertThat(shell("docker logs --since " + since + " bluegreen-nginx-1 2>&1").output())
			.doesNotContain("taken out");
	}

	private Report measured(String fault, String end) {
		return probe().around(() -> {
			shell(fault);
			awaitOut(200);
			shell(end);
			awaitOut(404);
		}).report();
	}

	private static Probe probe() {
		return Probe.to(server.server().url().resolve("/"))
			.rate(RATE)
			.warmup(PAUSE)
			.baseline(PAUSE)
			.settle(PAUSE)
			.build();
	}

	private void awaitOut(int status) {
		shell(AWAIT.replace("{status}", Integer.toString(status)));
	}

	private Execution shell(String script) {
		return server.shell(script.replace("{instance}", this.instance)).orThrow();
	}

	private static void printed(String what, Report report) {
		report.modes()
			.forEach((mode, found) -> System.out.printf("one of two instances %s, %s: %d of %d lost %s%n", what, mode,
					found.dropped(), found.sent(), found.dropsByKind()));
	}

}
