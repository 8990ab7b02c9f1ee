package dev.zerodowntime.probe;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.Event;
import dev.zerodowntime.probe.model.Report;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Whatever becomes of the action, the thread or the listener: the report says so. */
@Timeout(60)
class MeasuredActionTest {

	@AfterEach
	void clearInterrupt() {
		Thread.interrupted();
	}

	@Test
	void aProbeThatIsStoppedBeforeTheActionDoesNotRunItAndIsNotTrusted() throws IOException {
		AtomicBoolean ran = new AtomicBoolean();
		try (FaultServer server = FaultServer.healthy()) {
			Probe probe = probe(server).baseline(Duration.ofSeconds(30)).build();
			Thread stopper = new Thread(() -> {
				awaitAnswers(probe);
				probe.stop();
			});
			stopper.start();
			Report report = probe.around((events) -> {
				ran.set(true);
				return null;
			}).report();
			assertThat(ran).isFalse();
			assertThat(report.problems()).contains("stopped before the measured action began");
			assertThatExceptionOfType(UntrustedError.class)
				.isThrownBy(() -> ReportAssert.assertThat(report).lostNothing());
		}
	}

	@Test
	void aStopEndsOneMeasurementAndNotTheNextOne() throws IOException {
		try (FaultServer server = FaultServer.of((request, onConnection) -> (request % 2 == 0) ? FaultServer.Fault.NONE
				: FaultServer.Fault.STATUS_503)) {
			Probe probe = probe(server).build();
			new Thread(() -> {
				awaitAnswers(probe);
				probe.stop();
			}).start();
			assertThat(probe.run(Duration.ofSeconds(30)).report().durationMs()).isLessThan(20_000);
			Report next = probe.run(Duration.ofMillis(500)).report();
			assertThat(next.durationMs()).isGreaterThan(400);
			assertThat(probe.judgedDrops()).isEqualTo(next.totalDropped()).isPositive();
		}
	}

	@Test
	void anInterruptIsAProblemAndStaysSet() throws IOException {
		try (FaultServer server = FaultServer.healthy()) {
			Probe probe = probe(server).baseline(Duration.ofSeconds(30)).build();
			Thread measuring = Thread.currentThread();
			new Thread(() -> {
				awaitAnswers(probe);
				measuring.interrupt();
			}).start();
			Report report = probe.around((events) -> null).report();
			assertThat(Thread.interrupted()).isTrue();
			assertThat(report.problems()).contains("interrupted", "stopped before the measured action began");
		}
	}

	@Test
	void anInterruptDoesNotMakeTheLastWaitSpin() throws Exception {
		try (FaultServer server = FaultServer.of((request, onConnection) -> FaultServer.Fault.HANG)) {
			Probe probe = probe(server).timeout(Duration.ofSeconds(1)).build();
			long before = cpuNanos();
			Thread measuring = Thread.currentThread();
			new Thread(() -> {
				Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> server.heads() > 2);
				measuring.interrupt();
			}).start();
			probe.run(Duration.ofSeconds(30));
			assertThat(Thread.interrupted()).isTrue();
			assertThat(TimeUnit.NANOSECONDS.toMillis(cpuNanos() - before)).isLessThan(400);
		}
	}

	@Test
	void aStopBeforeTheServiceIsSteadyIsAProblem() throws IOException {
		try (FaultServer server = FaultServer.healthy()) {
			Probe probe = probe(server).baseline(Duration.ofMillis(200)).settle(Duration.ofSeconds(30)).build();
			Report report = probe.around((events) -> {
				probe.stop();
				return null;
			}).report();
			assertThat(report.problems()).contains("stopped before the service was steady");
			assertThat(report.steadyMs()).isNull();
		}
	}

	@Test
	void anActionThatThrowsLeavesItsReport() throws IOException {
		try (FaultServer server = FaultServer.healthy()) {
			Probe probe = probe(server).baseline(Duration.ofMillis(200)).build();
			assertThat(probe.lastMeasurement()).isEmpty();
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> probe.around((events) -> {
				events.mark("deploy started");
				throw new AssertionError("deploy.sh timed out");
			})).withMessage("deploy.sh timed out");
			Report report = probe.lastMeasurement().orElseThrow().report();
			assertThat(report.events()).extracting(Event::name).containsExactly("deploy started");
			assertThat(report.problems())
				.contains("the measured action failed: java.lang.AssertionError: deploy.sh timed out");
			assertThat(report.modes().get(ConnectionMode.FRESH).sent()).isGreaterThanOrEqualTo(4);
		}
	}

	@Test
	void anActionMayReturnNothing() throws IOException {
		AtomicBoolean ran = new AtomicBoolean();
		try (FaultServer server = FaultServer.healthy()) {
			Report report = quick(server).around(() -> ran.set(true)).report();
			assertThat(ran).isTrue();
			assertThat(report.problems()).noneMatch((problem) -> problem.contains("action"));
			assertThat(report.steadyMs()).isNotNull();
		}
	}

	@Test
	void aMeasurementIsStartedAndStopped() throws IOException {
		try (FaultServer server = FaultServer.healthy(); RunningMeasurement running = quick(server).start()) {
			running.mark("deploy started");
			Measurement measurement = running.stop();
			assertThat(measurement.report().events()).extracting(Event::name).containsExactly("deploy started");
			assertThat(measurement.report().steadyMs()).isNotNull();
			assertThat(running.stop()).isSameAs(measurement);
		}
	}

	@Test
	void aMeasurementThatIsClosedWithoutAStopIsNotTrusted() throws IOException {
		try (FaultServer server = FaultServer.healthy()) {
			Probe probe = quick(server);
			probe.start().close();
			assertThat(probe.lastMeasurement().orElseThrow().report().problems())
				.contains("closed before the measurement was stopped");
			long heads = server.heads();
			assertThat(probe.run(Duration.ofMillis(200)).report().totalDropped()).isZero();
			assertThat(server.heads()).isGreaterThan(heads);
		}
	}

	@Test
	void aProbeMeasuresOneThingAtATime() throws IOException {
		try (FaultServer server = FaultServer.healthy()) {
			Probe probe = quick(server);
			try (RunningMeasurement running = probe.start()) {
				assertThatIllegalStateException().isThrownBy(() -> probe.run(Duration.ofSeconds(1)))
					.withMessageStartingWith("this probe is measuring already");
				assertThat(running.stop().report().modes()).hasSize(2);
			}
			probe.run(Duration.ofMillis(100));
		}
	}

	@Test
	void aListenerThatThrowsChangesNothing() throws IOException {
		try (FaultServer server = FaultServer.healthy()) {
			Measurement measurement = probe(server).connections(ConnectionMode.KEEP_ALIVE).listener((answer) -> {
				throw new IllegalStateException("a broken listener");
			}).build().run(Duration.ofSeconds(1));
			assertThat(measurement.report().modes().get(ConnectionMode.KEEP_ALIVE).ok()).isEqualTo(20);
			// The connection is put back, not leaked.
			assertThat(server.connections()).isLessThan(10);
		}
	}

	@Test
	void steadyNeedsAnAnswerInEachMode() throws IOException {
		try (FaultServer server = FaultServer.healthy()) {
			Report report = probe(server).rate(0.5)
				.baseline(Duration.ofMillis(500))
				.settle(Duration.ofMillis(100))
				.build()
				.around((events) -> null)
				.report();
			assertThat(report.modes().get(ConnectionMode.FRESH).sent()).isEqualTo(2);
			assertThat(report.steadyMs()).isGreaterThan(2000);
			assertThat(report.problems()).noneMatch((problem) -> problem.contains("no request was due"));
		}
	}

	@Test
	void whatTakesLongAfterTheServiceIsSteadyIsNotDuringTheAction() throws IOException {
		AtomicBoolean slow = new AtomicBoolean();
		try (FaultServer server = FaultServer
			.of((request, onConnection) -> slow.get() ? FaultServer.Fault.SLOW : FaultServer.Fault.NONE)) {
			Probe probe = probe(server).baseline(Duration.ofMillis(200))
				.settle(Duration.ofMillis(200))
				.atLeast(Duration.ofSeconds(2))
				.build();
			new Thread(() -> {
				// Long after the action.
				awaitElapsed(probe, 1200);
				slow.set(true);
			}).start();
			Report report = probe.around((events) -> null).report();
			report.modes().values().forEach((mode) -> {
				assertThat(mode.latencyMs().max()).isGreaterThan(250);
				assertThat(mode.commandLatencyMs().max()).isLessThan(250);
			});
		}
	}

	private static ProbeBuilder probe(FaultServer server) {
		return Probe.to(server.url()).rate(20).warmup(Duration.ZERO);
	}

	private static Probe quick(FaultServer server) {
		return probe(server).baseline(Duration.ofMillis(200)).settle(Duration.ofMillis(200)).build();
	}

	private static void awaitAnswers(Probe probe) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> probe.progress().answered() > 4);
	}

	private static void awaitElapsed(Probe probe, long ms) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> probe.progress().elapsedMs() > ms);
	}

	private static long cpuNanos() {
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
	}

}
