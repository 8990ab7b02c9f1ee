package dev.zerodowntime.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** One request every 10 ms: "." is answered by v1, ":" by v2, "x" is lost. */
class VerdictTest {

	private static final long SLOT_MS = 10;

	@Test
	void anOutageReachesFromTheLastGoodAnswerToTheNext() {
		assertThat(judge("...xx..").outages()).containsExactly(new Outage(20, 50, 2));
	}

	@Test
	void aSingleLostRequestIsAnOutageOfTwoSlots() {
		ModeReport report = judge("..x..x.");
		assertThat(report.outages()).containsExactly(new Outage(10, 30, 1), new Outage(40, 60, 1));
		assertThat(report.downtimeMs()).isEqualTo(40);
	}

	@Test
	void anOutageAtEitherEndReachesToThatEnd() {
		assertThat(judge("xx.x").outages()).containsExactly(new Outage(0, 20, 2), new Outage(20, 40, 1));
	}

	@Test
	void aRunThatLostEverythingIsOneOutage() {
		ModeReport report = judge("xxx");
		assertThat(report.outages()).containsExactly(new Outage(0, 30, 3));
		assertThat(report.latencyMs()).isNull();
		assertThat(report.dropsByKind()).containsEntry("closed", 3L);
	}

	@Test
	void aRunThatLostNothingHasNoOutage() {
		ModeReport report = judge("....");
		assertThat(report.outages()).isEmpty();
		assertThat(report.downtimeMs()).isZero();
	}

	@Test
	void bothVersionsServeFromTheSecondsFirstToTheFirstsLast() {
		ModeReport report = judge("..:.:.::");
		assertThat(report.versionsOverlap()).isEqualTo(new Span(20, 50));
		assertThat(report.versions()).containsEntry("v1", 4L).containsEntry("v2", 4L);
	}

	@Test
	void aRollbackIsNoOverlap() {
		assertThat(judge("..::..").versionsOverlap()).isNull();
		assertThat(judge("...:...").versionsOverlap()).isNull();
	}

	@Test
	void theLongestOfSeveralOverlapsIsReported() {
		String later = ":".repeat(200);
		assertThat(judge(".:.::" + later + ":.:.:..").versionsOverlap()).isEqualTo(new Span(2060, 2090));
	}

	@Test
	void versionsThatFollowEachOtherDoNotOverlap() {
		assertThat(judge("...xx::").versionsOverlap()).isNull();
	}

	@Test
	void latencyIsToldBeforeTheActionAndFromItsStart() {
		List<Answer> answers = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			answers.add(answer(i, (i < 5) ? 2 : 30, null, "v1"));
		}
		ModeReport report = new Verdict(ConnectionMode.FRESH, answers, scope(100, new Span(50, 80))).report();
		assertThat(report.baselineLatencyMs().max()).isBetween(2.0, 2.1);
		assertThat(report.commandLatencyMs().p50()).isBetween(30.0, 30.1);
		assertThat(report.latencyMs().max()).isBetween(30.0, 30.1);
	}

	@Test
	void latencyCountsFromTheDueTimeAndLatenessApart() {
		Answer late = new Answer(ConnectionMode.FRESH, 0, ms(0), ms(60), ms(65), null, "v1");
		ModeReport report = new Verdict(ConnectionMode.FRESH, List.of(late), scope(100, null)).report();
		assertThat(report.latencyMs().max()).isBetween(65.0, 65.1);
		assertThat(report.latenessMs().max()).isBetween(60.0, 60.1);
		assertThat(report.lateSlots()).isEqualTo(1);
	}

	private static Scope scope(long durationMs, @Nullable Span action) {
		return new Scope(durationMs, action, Map.of(), 250, 0);
	}

	private static ModeReport judge(String answers) {
		List<Answer> list = new ArrayList<>();
		for (int i = 0; i < answers.length(); i++) {
			list.add(switch (answers.charAt(i)) {
				case '.' -> answer(i, 1, null, "v1");
				case ':' -> answer(i, 1, null, "v2");
				default -> answer(i, 1, DropKind.CLOSED, null);
			});
		}
		ModeReport report = new Verdict(ConnectionMode.FRESH, list, scope(answers.length() * SLOT_MS, null)).report();
		assertThat(report.sent()).isEqualTo(report.ok() + report.dropped());
		return report;
	}

	@Test
	void anOutageEndsWhenTheFirstGoodRequestWasSent() {
		List<Answer> answers = new ArrayList<>();
		answers.add(answer(0, 1, null, "v1"));
		answers.add(answer(1, 1, DropKind.REFUSED, null));
		answers.add(new Answer(ConnectionMode.FRESH, 2, ms(20), ms(900), ms(901), null, "v1"));
		answers.add(new Answer(ConnectionMode.FRESH, 3, ms(30), ms(900), ms(901), DropKind.REFUSED, null));
		answers.add(new Answer(ConnectionMode.FRESH, 4, ms(40), ms(901), ms(902), null, "v1"));
		ModeReport report = new Verdict(ConnectionMode.FRESH, answers, scope(1000, null)).report();
		assertThat(report.outages()).containsExactly(new Outage(0, 900, 1), new Outage(900, 901, 1));
	}

	@Test
	void latencyDuringTheActionEndsWhereTheServiceIsSteady() {
		List<Answer> answers = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			answers.add(answer(i, (i < 5) ? 2 : (i < 8) ? 30 : 90, null, "v1"));
		}
		ModeReport report = new Verdict(ConnectionMode.FRESH, answers, scope(100, new Span(50, 80))).report();
		assertThat(report.commandLatencyMs().max()).isBetween(30.0, 30.1);
	}

	private static Answer answer(int slot, long latencyMs, @Nullable DropKind drop, @Nullable String version) {
		long due = ms(slot * SLOT_MS);
		return new Answer(ConnectionMode.FRESH, slot, due, due, due + ms(latencyMs), drop, version);
	}

	private static long ms(long ms) {
		return TimeUnit.MILLISECONDS.toNanos(ms);
	}

}
