package dev.zerodowntime.lab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.lab.live.Moment;
import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.DropKind;
import dev.zerodowntime.probe.model.Event;
import dev.zerodowntime.probe.model.Slices;
import dev.zerodowntime.probe.model.Span;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What those see who have no browser. */
class WatchViewTest {

	@Test
	void shouldTellTheNumbersInOneLine() {
		assertEquals("v2 live | sent 6000  lost 583  longest outage 2.93 s  p99 now 9.8 ms, before 5.2 ms",
				WatchView.status(moment(List.of("v2"), List.of())));
		assertEquals("v1 + v2 live | sent 6000  lost 583  longest outage 2.93 s  p99 now 9.8 ms, before 5.2 ms "
				+ "| ./deploy.sh v2", WatchView.status(moment(List.of("v1", "v2"), List.of("./deploy.sh v2"))));
		assertTrue(WatchView.status(moment(List.of(""), List.of())).startsWith("a release live | "));
		assertTrue(WatchView.status(moment(List.of(), List.of())).startsWith("nobody answers | "));
	}

	@Test
	void shouldDrawTheRecentPastAsWideAsTheTerminal() {
		for (int width : List.of(60, 100, 200)) {
			List<String> lines = WatchView.picture(moment(List.of("v2"), List.of()), width);

			assertEquals(width, lines.get(1).replaceAll("\u001b\\[[0-9;]*m", "").length());
			assertTrue(lines.get(1).contains("fresh"), lines.get(1));
			assertTrue(lines.get(2).contains("keep-alive"), lines.get(2));
			assertTrue(lines.get(3).contains("70 "), lines.get(3));
			assertTrue(String.join("\n", lines).contains("72.00 s  stopping v1"), () -> String.join("\n", lines));
		}
	}

	/** Half a minute, from second 60 on, of which two were lost. */
	private static Moment moment(List<String> live, List<String> running) {
		List<Answer> answers = new ArrayList<>();
		for (int slot = 0; slot < 600; slot++) {
			long due = TimeUnit.MILLISECONDS.toNanos(60_000 + slot * 50L);
			for (ConnectionMode mode : ConnectionMode.values()) {
				boolean lost = slot >= 240 && slot < 280;
				answers.add(new Answer(mode, slot, due, due, due, lost ? DropKind.REFUSED : null,
						lost ? null : (slot < 240) ? "v1" : "v2"));
			}
		}
		return new Moment(6000, 583, 2930, 9.8, 5.2, live, running, List.of("v1", "v2"), new Span(60_000, 90_000),
				Slices.of(answers), List.of(new Event(72_000, "stopping v1")));
	}

}
