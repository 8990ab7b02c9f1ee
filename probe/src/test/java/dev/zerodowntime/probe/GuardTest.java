package dev.zerodowntime.probe;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.FaultServer.Fault;
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

	private static final double RATE = 400;

	@RepeatedTest(3)
	void everyKindOfFailureIsCountedExactlyInBothModes() throws IOException {
		// Not the silent close: after it a fast client may write into a connection that
		// is
		// being closed, and the server never reads that head. It has a test of its own.
		Fault[] faults = EnumSet.complementOf(EnumSet.of(Fault.SILENT_CLOSE)).toArray(Fault[]::new);
		try (FaultServer server = FaultServer.of((request, onConnection) -> faults[(int) (request % faults.length)])) {
			Measurement measurement = probe(server).run(Duration.ofSeconds(2));
			long sent = measurement.answers().size();
			assertThat(server.heads()).isEqualTo(sent);
			assertThat(dropped(measurement)).isEqualTo(server.injected());
			assertThat(dropsByKind(measurement)).isEqualTo(injectedByKind(server));
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SILENT_CLOSE")
	void eachFailureHasItsKindOnFreshAndOnReusedConnections(Fault fault) throws IOException {
		try (FaultServer server = FaultServer.of((request, onConnection) -> (request % 5 == 4) ? fault : Fault.NONE)) {
			Measurement measurement = probe(server).run(Duration.ofSeconds(1));
			assertThat(server.heads()).isEqualTo(measurement.answers().size());
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
				.run(Duration.ofSeconds(2));
			assertThat(server.heads()).isEqualTo(measurement.answers().size());
			assertThat(dropsByKind(measurement)).isEqualTo(Map.of("closed", server.heads(Fault.FIN)));
			assertThat(server.heads(Fault.FIN)).isGreaterThan(50);
		}
	}

	@Test
	void anIdleConnectionTheServerHasClosedIsDiscardedAndNotCounted() throws IOException {
		try (FaultServer server = FaultServer.of((request, onConnection) -> Fault.SILENT_CLOSE)) {
			// One every 20 ms: the close has arrived long before the next is due.
			Measurement measurement = Probe.to(server.url())
				.rate(50)
				.connections(ConnectionMode.KEEP_ALIVE)
				.warmup(Duration.ZERO)
				.build()
				.run(Duration.ofSeconds(2));
			assertThat(server.heads()).isEqualTo(measurement.answers().size());
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
				.run(Duration.ofSeconds(1));
			assertThat(server.heads()).isEqualTo(measurement.answers().size());
			assertThat(dropsByKind(measurement)).isEqualTo(Map.of("reset", server.heads(Fault.RST)));
		}
	}

	@Test
	void aServerThatGoesAwayForThreeSecondsIsOneOutageOfThreeSeconds() throws Exception {
		try (FaultServer server = FaultServer.healthy()) {
			long[] downMs = new long[1];
			Measurement measurement = Probe.to(server.url())
				.rate(100)
				.warmup(Duration.ZERO)
				.baseline(Duration.ofSeconds(1))
				.settle(Duration.ofSeconds(1))
				.build()
				.around((events) -> {
					long from = System.nanoTime();
					server.stop();
					// What is measured is a server's absence of three seconds.
					TimeUnit.SECONDS.sleep(3);
					server.start();
					downMs[0] = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
					return null;
				});
			measurement.report().modes().forEach((mode, found) -> {
				assertThat(found.outages()).as(mode.label()).hasSize(1);
				// A slot is 10 ms: one at either end.
				assertThat(found.outages().get(0).lengthMs()).as(mode.label()).isBetween(downMs[0] - 1, downMs[0] + 30);
				assertThat(found.dropped()).as(mode.label()).isBetween(downMs[0] / 10 - 2, downMs[0] / 10 + 2);
			});
		}
	}

	private static Probe probe(FaultServer server) {
		return Probe.to(server.url())
			.rate(RATE)
			.warmup(Duration.ZERO)
			.timeout(Duration.ofSeconds(1))
			.expectBody(FaultServer.CONTENT)
			.build();
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
