package dev.zerodowntime.probe;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.FaultServer.Fault;
import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.ModeReport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The promise everything else stands on: each request goes on the wire exactly once, and
 * every one the server let fail is counted. The truth is the server's own count.
 */
@Timeout(60)
class GuardTest {

	private static final double RATE = 200;

	@RepeatedTest(3)
	void everyKindOfFailureIsCountedExactlyInBothModes() throws IOException {
		// Not the silent close: after it a fast client may write into a connection that
		// is
		// being closed, and the server never reads that head. It has a test of its own.
		Fault[] faults = EnumSet.complementOf(EnumSet.of(Fault.SILENT_CLOSE)).toArray(Fault[]::new);
		try (FaultServer server = FaultServer.of((request, onConnection) -> faults[(int) (request % faults.length)])) {
			Measurement measurement = probe(server).run(Duration.ofSeconds(1));
			long sent = sent(measurement);
			assertThat(server.heads()).isEqualTo(sent);
			assertThat(dropped(measurement)).isEqualTo(server.injected());
			assertThat(dropsByKind(measurement)).isEqualTo(injectedByKind(server));
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SILENT_CLOSE")
	void eachFailureHasItsKindOnFreshAndOnReusedConnections(Fault fault) throws IOException {
		try (FaultServer server = FaultServer.of((request, onConnection) -> (request % 5 == 4) ? fault : Fault.NONE)) {
			// 100 requests, of which 20 fail
			Measurement measurement = probe(server).run(Duration.ofMillis(250));
			assertThat(server.heads()).isEqualTo(sent(measurement));
			assertThat(dropsByKind(measurement)).isEqualTo(injectedByKind(server));
			measurement.report().modes().values().forEach((mode) -> {
				assertThat(mode.sent()).isEqualTo(mode.ok() + mode.dropped());
				assertThat(mode.dropsByKind().values().stream().mapToLong(Long::longValue).sum())
					.isEqualTo(mode.dropped());
			});
			assertThat(server.log()).anyMatch((head) -> head.onConnection() > 0);
		}
	}

	@Test
	void everyRequestLostOnAReusedConnectionIsCounted() throws IOException {
		try (FaultServer server = FaultServer
			.of((request, onConnection) -> (onConnection == 3) ? Fault.FIN : Fault.NONE)) {
			Measurement measurement = Probe.to(server.url())
				.rate(RATE)
				.connections(ConnectionMode.KEEP_ALIVE)
				.warmup(Duration.ZERO)
				.build()
				.run(Duration.ofSeconds(1));
			assertThat(server.heads()).isEqualTo(sent(measurement));
			assertThat(dropsByKind(measurement)).isEqualTo(Map.of("closed", server.heads(Fault.FIN)));
			assertThat(server.heads(Fault.FIN)).isGreaterThan(40);
		}
	}

	@Test
	void anIdleConnectionTheServerHasClosedIsDiscardedAndNotCounted() throws IOException {
		try (FaultServer server = FaultServer.of((request, onConnection) -> Fault.SILENT_CLOSE)) {
			// One every 100 ms, so that on a busy machine, too, the close has arrived
			// before
			// the next is due: what is written before it arrives is lost, and counted.
			Measurement measurement = Probe.to(server.url())
				.rate(10)
				.connections(ConnectionMode.KEEP_ALIVE)
				.warmup(Duration.ZERO)
				.build()
				.run(Duration.ofSeconds(2));
			assertThat(server.heads()).isEqualTo(sent(measurement));
			assertThat(dropped(measurement)).isZero();
			assertThat(server.connections()).isEqualTo(server.heads());
		}
	}

	@Test
	void aPostWithABodyIsSentOnceAsWell() throws IOException {
		try (FaultServer server = FaultServer
			.of((request, onConnection) -> (request % 3 == 2) ? Fault.RST : Fault.NONE)) {
			Measurement measurement = Probe.to(server.url())
				.rate(RATE)
				.method("POST")
				.header("Content-Type", "application/json")
				.body("{\"text\":\"안녕하세요\"}")
				.warmup(Duration.ZERO)
				.build()
				.run(Duration.ofMillis(500));
			assertThat(server.heads()).isEqualTo(sent(measurement));
			assertThat(dropsByKind(measurement)).isEqualTo(Map.of("reset", server.heads(Fault.RST)));
		}
	}

	/**
	 * Compared with what the server did, not with a duration: a request that this machine
	 * sends or answers late moves both in the same way.
	 */
	@Test
	void aServerThatGoesAwayIsAnOutageFromTheLastGoodRequestToTheNext() throws Exception {
		try (FaultServer server = FaultServer.healthy()) {
			long[] stopMs = new long[2];
			long[] startMs = new long[2];
			Measurement measurement = Probe.to(server.url())
				.rate(100)
				.warmup(Duration.ZERO)
				.baseline(Duration.ofMillis(500))
				.settle(Duration.ofMillis(300))
				.build()
				.around((events) -> {
					stopMs[0] = events.nowMs();
					server.stop();
					stopMs[1] = events.nowMs();
					// What is measured is a server's absence of a second.
					TimeUnit.SECONDS.sleep(1);
					startMs[0] = events.nowMs();
					server.start();
					startMs[1] = events.nowMs();
					return null;
				});
			measurement.report().modes().forEach((mode, found) -> {
				List<Answer> answers = measurement.slices()
					.samples()
					.stream()
					.filter((each) -> each.mode() == mode)
					.toList();
				assertThat(found.outages()).as(mode.label()).isNotEmpty();
				long fromMs = found.outages().get(0).fromMs();
				long toMs = found.outages().get(found.outages().size() - 1).toMs();
				Answer before = answers.stream().filter((each) -> each.dueMs() == fromMs).findFirst().orElseThrow();
				Answer after = answers.stream()
					.filter((each) -> each.ok() && ms(each.sentNanos()) == toMs)
					.findFirst()
					.orElseThrow();
				// It reaches over the time in which nobody listened ...
				assertThat(before.ok() && after.ok()).as(mode.label()).isTrue();
				assertThat(fromMs).as(mode.label()).isLessThanOrEqualTo(stopMs[1]);
				assertThat(ms(after.endNanos())).as(mode.label()).isGreaterThanOrEqualTo(startMs[0]);
				// ... and no further: what was answered before, or due afterwards, is
				// good.
				assertThat(answers).filteredOn((each) -> ms(each.endNanos()) < stopMs[0])
					.isNotEmpty()
					.allMatch((each) -> each.ok() && each.dueMs() <= fromMs);
				assertThat(answers).filteredOn((each) -> each.dueMs() > startMs[1])
					.isNotEmpty()
					.allMatch((each) -> each.ok() && ms(each.sentNanos()) >= toMs);
				List<Answer> inBetween = answers.stream()
					.filter((each) -> ms(each.sentNanos()) > stopMs[1] && ms(each.endNanos()) < startMs[0])
					.toList();
				assertThat(inBetween).as(mode.label()).isNotEmpty().noneMatch(Answer::ok);
				assertThat(found.dropped()).as(mode.label()).isGreaterThanOrEqualTo(inBetween.size());
			});
		}
	}

	private static long ms(long nanos) {
		return TimeUnit.NANOSECONDS.toMillis(nanos);
	}

	private static Probe probe(FaultServer server) {
		return Probe.to(server.url())
			.rate(RATE)
			.warmup(Duration.ZERO)
			// A machine that is busy with other things answers within this, too
			.timeout(Duration.ofSeconds(3))
			.expectBody(FaultServer.CONTENT)
			.build();
	}

	private static long sent(Measurement measurement) {
		return measurement.report().modes().values().stream().mapToLong(ModeReport::sent).sum();
	}

	private static long dropped(Measurement measurement) {
		return measurement.report().totalDropped();
	}

	private static Map<String, Long> dropsByKind(Measurement measurement) {
		Map<String, Long> kinds = new TreeMap<>();
		measurement.report()
			.modes()
			.values()
			.forEach((mode) -> mode.dropsByKind().forEach((kind, count) -> kinds.merge(kind, count, Long::sum)));
		return kinds;
	}

	private static Map<String, Long> injectedByKind(FaultServer server) {
		Map<String, Long> kinds = new TreeMap<>();
		server.log().forEach((head) -> {
			if (head.fault().seenAs() != null) {
				kinds.merge(head.fault().seenAs().name(), 1L, Long::sum);
			}
		});
		return kinds;
	}

}
