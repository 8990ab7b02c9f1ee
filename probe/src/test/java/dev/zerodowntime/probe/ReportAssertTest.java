package dev.zerodowntime.probe;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReportAssertTest {

	private static final ModeReport LOST_TWO = new ModeReport(100, 98, 2, Map.of("reset", 2L),
			List.of(new Outage(3010, 3040, 2)), 30, null, null, null, 0, null, Map.of(), null);

	private static final ModeReport LOST_NONE = new ModeReport(100, 100, 0, Map.of(), List.of(), 0, null, null, null, 0,
			null, Map.of(), null);

	@Test
	void whatIsThrownNamesModesKindsTimesAndEvents() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> ReportAssert.assertThat(report(List.of())).isTrusted().lostNothing())
			.withMessage("""
					expected at most 0 lost, but lost 2 requests to http://127.0.0.1/
					  fresh: lost 0 of 100
					  keep-alive: lost 2 of 100 (2 reset), 2 from 3.010 to 3.040 s
					  at 3.000 s: switched to green""");
	}

	@Test
	void asManyAsAllowedMayBeLost() {
		assertThatCode(() -> ReportAssert.assertThat(report(List.of())).lostAtMost(2)).doesNotThrowAnyException();
	}

	@Test
	void aLessonAboutLossFailsWhereAModeLosesNothing() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> ReportAssert.assertThat(report(List.of())).lostSomethingInEveryMode())
			.withMessageContaining("expected fresh requests to be lost");
	}

	@Test
	void anUntrustedRunSaysWhy() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> ReportAssert.assertThat(report(List.of("too busy"))).isTrusted())
			.withMessageContaining("too busy");
	}

	private static Report report(List<String> problems) {
		return new Report("http://127.0.0.1/", 100, Instant.EPOCH, 1000, problems.isEmpty(), problems, new Warmup(0, 0),
				Map.of(ConnectionMode.KEEP_ALIVE, LOST_TWO, ConnectionMode.FRESH, LOST_NONE),
				List.of(new Event(3000, "switched to green")), null, Map.of());
	}

}
