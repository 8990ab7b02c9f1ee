package dev.zerodowntime.lab.live;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.Probe;
import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.DropKind;
import dev.zerodowntime.probe.model.Event;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.model.Outage;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is shown while it runs is what the report says in the end. */
class RoundTest {

	@Test
	void shouldAgreeWithTheReportWhateverTheOrder() throws Exception {
		Measurement measurement = measureSomethingThatFailsNowAndThen();
		List<Answer> shuffled = new ArrayList<>(measurement.slices().samples());
		Collections.shuffle(shuffled, new Random(7));
		Round round = new Round();
		shuffled.forEach(round::add);

		Scores scores = round.scores(measurement.report().durationMs());

		measurement.report().modes().forEach((mode, report) -> {
			assertTrue(report.dropped() > 0, "nothing was lost");
			Scores.OfMode shown = scores.modes().get(mode);
			assertEquals(report.sent(), shown.sent());
			assertEquals(report.dropped(), shown.lost());
			assertEquals(report.dropsByKind(), shown.kinds());
			assertEquals(longestOutage(report), shown.longestOutageMs());
		});
		assertEquals(measurement.report().totalDropped(), scores.lost());
	}

	private static long longestOutage(ModeReport report) {
		return report.outages().stream().mapToLong(Outage::lengthMs).max().orElse(0);
	}

	private static Measurement measureSomethingThatFailsNowAndThen() throws Exception {
		AtomicInteger requests = new AtomicInteger();
		HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		server.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders((requests.incrementAndGet() / 20 % 3 == 1) ? 503 : 200, -1);
			exchange.close();
		});
		server.start();
		try {
			return Probe.to(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"))
				.warmup(Duration.ZERO)
				.build()
				.run(Duration.ofMillis(1500));
		}
		finally {
			server.stop(0);
		}
	}

	@Test
	void shouldTellTheOutageThatStillLasts() {
		Round round = new Round();
		round.add(good(0, 0, "v1"));
		for (int slot = 1; slot <= 50; slot++) {
			round.add(lost(slot, slot * 10));
		}

		Scores scores = round.scores(600);

		assertEquals(500, scores.longestOutageMs());
		assertEquals(50, scores.lost());
	}

	@Test
	void shouldNotWaitForeverForARequestWithoutAnOutcome() {
		Round round = new Round();
		round.add(good(0, 0, "v1"));
		// Slot 1 never gets one
		for (int slot = 2; slot <= 3000; slot++) {
			round.add((slot < 100) ? lost(slot, slot * 10) : good(slot, slot * 10, "v1"));
		}

		assertEquals(1000, round.scores(30_000).longestOutageMs());
	}

	@Test
	void shouldTellWhoAnswersNow() {
		Round round = new Round();
		round.add(good(0, 0, "v1"));
		round.add(good(1, 1500, "v1"));
		round.add(good(2, 1600, "v2"));

		assertEquals(List.of("v1", "v2"), round.scores(2000).live());
		assertEquals(List.of("v2"), round.scores(2550).live());
		assertEquals(List.of(), round.scores(9000).live());
		assertNull(round.scores(9000).p99NowMs());
	}

	@Test
	void shouldCallSteadyWhatWasBeforeTheFirstEvent() {
		Round round = new Round();
		round.add(good(0, 100, "v1"));
		round.add(new Event(200, "deploy.sh v2 started"));
		round.add(new Answer(ConnectionMode.FRESH, 1, ms(300), ms(300), ms(900), null, "v2"));

		Scores scores = round.scores(1000);

		assertEquals(2, scores.p99SteadyMs(), .1);
		assertEquals(600, scores.p99NowMs(), 1);
	}

	@Test
	void shouldForgetTheOldestAnswersButNotTheirNumber() {
		Round round = new Round(100);
		for (int slot = 0; slot < 1000; slot++) {
			round.add(good(slot, slot * 10, "v1"));
		}

		assertEquals(100, round.answers().size());
		assertEquals(1000, round.scores(10_000).sent());
		assertEquals(10, round.answersSince(9900).size());
	}

	private static Answer good(long slot, long dueMs, String version) {
		return new Answer(ConnectionMode.FRESH, slot, ms(dueMs), ms(dueMs), ms(dueMs + 2), null, version);
	}

	private static Answer lost(long slot, long dueMs) {
		return new Answer(ConnectionMode.FRESH, slot, ms(dueMs), ms(dueMs), ms(dueMs), DropKind.REFUSED, null);
	}

	private static long ms(long ms) {
		return TimeUnit.MILLISECONDS.toNanos(ms);
	}

}
