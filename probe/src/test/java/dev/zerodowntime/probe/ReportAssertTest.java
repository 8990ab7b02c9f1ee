package dev.zerodowntime.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.Latency;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.model.Event;
import dev.zerodowntime.probe.model.Outage;
import dev.zerodowntime.probe.model.Report;
import dev.zerodowntime.probe.model.Warmup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.zerodowntime.probe.ReportAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReportAssertTest {

	private static final ModeReport LOST_TWO = Reports.mode(100, 98, 2, Map.of("reset", 2L),
			List.of(new Outage(3010, 3040, 2)), 30, null, null, null, 0, null, Map.of(), null);

	private static final ModeReport LOST_NONE = Reports.mode(100, 100, 0, Map.of(), List.of(), 0, null, null, null, 0,
			null, Map.of(), null);

	private static final ModeReport SENT_NONE = Reports.mode(0, 0, 0, Map.of(), List.of(), 0, null, null, null, 0, null,
			Map.of(), null);

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
	void itsImportMayBeBesideTheOneOfAssertJ() {
		assertThat(report(List.of())).lostAtMost(2);
		assertThat("text").hasSize(4);
	}

	@Test
	void oneModeCanBeJudgedByItself() {
		assertThatCode(() -> ReportAssert.assertThat(report(List.of())).on(ConnectionMode.FRESH).lostNothing())
			.doesNotThrowAnyException();
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> ReportAssert.assertThat(report(List.of())).on(ConnectionMode.KEEP_ALIVE).lostNothing())
			.withMessageContaining("keep-alive: lost 2")
			.withMessageNotContaining("fresh");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> ReportAssert.assertThat(report(List.of(), Map.of(ConnectionMode.FRESH, LOST_NONE)))
				.on(ConnectionMode.KEEP_ALIVE))
			.withMessage("no keep-alive requests were measured");
	}

	@Test
	void theLongestOutageIsLimited() {
		ReportAssert report = ReportAssert.assertThat(report(List.of()));
		assertThatCode(() -> report.outageAtMost(Duration.ofMillis(30))).doesNotThrowAnyException();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> report.outageAtMost(Duration.ofMillis(29)))
			.withMessageStartingWith(
					"expected no outage longer than 0.029 s (keep-alive), but one lasted 0.030 s; lost 2 requests");
	}

	@Test
	void theLatencyDuringTheActionIsLimited() {
		ReportAssert report = ReportAssert.assertThat(report(List.of(),
				Map.of(ConnectionMode.FRESH, answered(new Latency(1, 250.5, 300), Map.of("v1", 50L, "v2", 50L)))));
		assertThatCode(() -> report.p99AtMost(Duration.ofMillis(251))).doesNotThrowAnyException();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> report.p99AtMost(Duration.ofMillis(250)))
			.withMessageStartingWith("expected a p99 of at most 250.0 ms (fresh), but it was 250.5 ms");
	}

	@Test
	void whereNothingWasAnsweredDuringTheActionThereIsNoLatency() {
		ReportAssert report = ReportAssert
			.assertThat(report(List.of(), Map.of(ConnectionMode.FRESH, answered(null, Map.of()))));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> report.p99AtMost(Duration.ofSeconds(9)))
			.withMessageStartingWith("there is no p99: no correct answer (fresh)");
	}

	@Test
	void theVersionsThatAnsweredAreThoseAndNoOthers() {
		ReportAssert report = ReportAssert.assertThat(report(List.of(), Map.of(ConnectionMode.FRESH,
				answered(new Latency(1, 2, 3), new TreeMap<>(Map.of("v1", 50L, "v2", 50L))))));
		assertThatCode(() -> report.answeredBy("v2", "v1")).doesNotThrowAnyException();
		for (String[] other : new String[][] { { "v1" }, { "v1", "v2", "v3" } }) {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> report.answeredBy(other))
				.withMessageStartingWith("expected answers of " + String.join(", ", other)
						+ " (fresh), but the answers came from v1, v2; ");
		}
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> ReportAssert.assertThat(report(List.of())).answeredBy("v1"))
			.withMessageContaining("no answer named its version");
	}

	@Test
	void anUntrustedRunSaysWhy() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> ReportAssert.assertThat(report(List.of("too busy"))).isTrusted())
			.withMessageContaining("too busy");
	}

	@ParameterizedTest
	@MethodSource("verdicts")
	void whatIsLostIsNotKnownFromARunThatIsNotTrusted(Consumer<ReportAssert> verdict) {
		Report untrusted = report(List.of("too busy"), Map.of(ConnectionMode.FRESH, LOST_TWO));
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> verdict.accept(ReportAssert.assertThat(untrusted)))
			.withMessageContaining("cannot be trusted: too busy");
	}

	@ParameterizedTest
	@MethodSource("verdicts")
	void whatIsLostIsNotKnownWhereNothingWasSent(Consumer<ReportAssert> verdict) {
		Report halfSent = report(List.of(),
				Map.of(ConnectionMode.FRESH, LOST_TWO, ConnectionMode.KEEP_ALIVE, SENT_NONE));
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> verdict.accept(ReportAssert.assertThat(halfSent)))
			.withMessage("no request was sent (keep-alive)");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> verdict.accept(ReportAssert.assertThat(report(List.of(), Map.of()))))
			.withMessage("no connection mode was measured");
	}

	static Stream<Consumer<ReportAssert>> verdicts() {
		return Stream.of((report) -> report.lostAtMost(10), ReportAssert::lostSomethingInEveryMode,
				ReportAssert::lostNothing, (report) -> report.outageAtMost(Duration.ofDays(1)),
				(report) -> report.p99AtMost(Duration.ofDays(1)), (report) -> report.answeredBy("v1"));
	}

	private static ModeReport answered(Latency during, Map<String, Long> versions) {
		return Reports.mode(100, 100, 0, Map.of(), List.of(), 0, new Latency(1, 2, 3), new Latency(1, 2, 3), during, 0,
				null, versions, null);
	}

	private static Report report(List<String> problems) {
		return report(problems, Map.of(ConnectionMode.KEEP_ALIVE, LOST_TWO, ConnectionMode.FRESH, LOST_NONE));
	}

	private static Report report(List<String> problems, Map<ConnectionMode, ModeReport> modes) {
		return Reports.report("http://127.0.0.1/", 100, Instant.EPOCH, 1000, problems.isEmpty(), problems,
				new Warmup(0, 0), modes, List.of(new Event(3000, "switched to green")), null, Map.of());
	}

}
