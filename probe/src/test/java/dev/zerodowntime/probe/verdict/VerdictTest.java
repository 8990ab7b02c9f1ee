package dev.zerodowntime.probe.verdict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.DropKind;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.model.Outage;
import dev.zerodowntime.probe.model.Span;
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
		ModeReport report = report(answers, 100, new Span(50, 80));
		assertThat(report.baselineLatencyMs().max()).isBetween(2.0, 2.1);
		assertThat(report.commandLatencyMs().p50()).isBetween(30.0, 30.1);
		assertThat(report.latencyMs().max()).isBetween(30.0, 30.1);
	}

	@Test
	void latencyCountsFromTheDueTimeAndLatenessApart() {
		Answer late = new Answer(ConnectionMode.FRESH, 0, ms(0), ms(60), ms(65), null, "v1");
		ModeReport report = report(List.of(late), 100, null);
		assertThat(report.latencyMs().max()).isBetween(65.0, 65.1);
		assertThat(report.latenessMs().max()).isBetween(60.0, 60.1);
		assertThat(report.lateSlots()).isEqualTo(1);
	}

	@Test
	void theOrderInWhichAnswersComeChangesNothing() {
		String run = "..xx.:.:.x:xx...:::x::::";
		ModeReport inOrder = judge(run);
		for (int seed = 0; seed < 50; seed++) {
			List<Answer> shuffled = answers(run);
			Collections.shuffle(shuffled, new Random(seed));
			assertThat(report(shuffled, run.length() * SLOT_MS, null)).isEqualTo(inOrder);
		}
	}

	@Test
	void aRequestWithoutAnOutcomeHoldsUpNothing() {
		List<Answer> answers = answers(".x.x....");
		answers.remove(4);
		assertThat(report(answers, 80, null).outages()).containsExactly(new Outage(0, 20, 1), new Outage(20, 50, 1));
	}

	@Test
	void theLongestOfVeryManyOutagesAreKeptAndAllOfThemAddedUp() {
		ModeReport report = judge("..x".repeat(Outages.MAX_OUTAGES / 2) + ".xxx." + ".x.".repeat(Outages.MAX_OUTAGES));
		assertThat(report.outages()).hasSize(Outages.MAX_OUTAGES)
			.contains(new Outage(150_000, 150_040, 3))
			.isSortedAccordingTo(Comparator.comparingLong(Outage::fromMs));
		assertThat(report.downtimeMs()).isEqualTo(20L * Outages.MAX_OUTAGES / 2 + 40 + 20L * Outages.MAX_OUTAGES);
	}

	/** As in a run: the action begins and ends between two answers. */
	private static ModeReport report(List<Answer> answers, long durationMs, @Nullable Span action) {
		Verdict verdict = new Verdict(250, ms(20_000));
		for (Answer answer : answers) {
			if (action != null && answer.dueMs() >= action.fromMs()) {
				verdict.actionBegins(action.fromMs());
			}
			if (action != null && answer.dueMs() >= action.toMs()) {
				verdict.actionEnds(action.toMs());
			}
			verdict.add(answer);
		}
		return verdict.report(durationMs, answers.size(), Map.of());
	}

	private static List<Answer> answers(String answers) {
		List<Answer> list = new ArrayList<>();
		for (int i = 0; i < answers.length(); i++) {
			list.add(switch (answers.charAt(i)) {
				case '.' -> answer(i, 1, null, "v1");
				case ':' -> answer(i, 1, null, "v2");
				default -> answer(i, 1, DropKind.CLOSED, null);
			});
		}
		return list;
	}

	private static ModeReport judge(String answers) {
		List<Answer> list = answers(answers);
		ModeReport report = report(list, answers.length() * SLOT_MS, null);
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
		ModeReport report = report(answers, 1000, null);
		assertThat(report.outages()).containsExactly(new Outage(0, 900, 1), new Outage(900, 901, 1));
	}

	@Test
	void latencyDuringTheActionEndsWhereTheServiceIsSteady() {
		List<Answer> answers = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			answers.add(answer(i, (i < 5) ? 2 : (i < 8) ? 30 : 90, null, "v1"));
		}
		ModeReport report = report(answers, 100, new Span(50, 80));
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
