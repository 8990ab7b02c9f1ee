package dev.zerodowntime.probe.verdict;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.DropKind;
import dev.zerodowntime.probe.model.Judged;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.pacing.Clock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What belongs to the action, and what limits judge, is decided by the due time. */
class RecorderTest {

	private final Clock clock = new Clock();

	@Test
	void theActionBeginsAfterAllThatIsRecordedAndBeforeAllThatIsDueLater() {
		Recorder recorder = recorder(null);
		long before = awaitZero();
		recorder.accept(answer(0, before, before + 1_000_000, null));
		long fromMs = recorder.beginAction(this.clock);
		recorder.accept(answer(1, before, before + 2_000_000, null));
		recorder.accept(answer(2, fromMs * 1_000_000, fromMs * 1_000_000 + 7_000_000, null));
		long toMs = recorder.endAction(this.clock);
		recorder.accept(answer(3, (toMs + 1) * 1_000_000, (toMs + 1) * 1_000_000 + 90_000_000, null));
		ModeReport report = recorder.report(ConnectionMode.FRESH, toMs + 100, 4);
		assertThat(fromMs).isGreaterThanOrEqualTo(before / 1_000_000);
		assertThat(report.baselineLatencyMs().max()).isBetween(2.0, 2.01);
		assertThat(report.commandLatencyMs().max()).isBetween(7.0, 7.01);
		assertThat(report.latencyMs().max()).isBetween(90.0, 90.1);
		assertThat(recorder.sentInAction(ConnectionMode.FRESH)).isEqualTo(1);
	}

	@Test
	void limitsJudgeWhatIsDueFromTheFirstSuchEventOn() {
		Recorder recorder = recorder("switched");
		long before = awaitZero();
		EventLog events = new EventLog(this.clock, "switched", () -> recorder.beginJudging(this.clock));
		events.mark("deploy");
		recorder.accept(answer(0, before, before + 1, DropKind.CLOSED));
		assertThat(recorder.judged()).isEqualTo(new JudgedData("switched", null, 0, 0, null));
		events.mark("switched to green");
		long fromMs = events.all().get(1).atMs();
		recorder.accept(answer(1, before, before + 1, DropKind.CLOSED));
		long after = (fromMs + 1) * 1_000_000;
		recorder.accept(answer(2, after, after + 1, DropKind.CLOSED));
		recorder.accept(answer(3, after, after + 4_000_000, null));
		events.mark("switched back");
		assertThat(recorder.judgedDropped()).isEqualTo(1);
		assertThat(recorder.judgedFromMs()).isEqualTo(fromMs);
		Judged judged = recorder.judged();
		assertThat(judged).isEqualTo(new JudgedData("switched", fromMs, 2, 1, judged.p99Ms()));
		assertThat(judged.p99Ms()).isBetween(4.0, 4.01);
		assertThat(recorder.dropped()).isEqualTo(3);
	}

	@Test
	void withoutSuchASettingAllIsJudged() {
		Recorder recorder = recorder(null);
		recorder.accept(answer(0, 10, 20, DropKind.CLOSED));
		assertThat(recorder.judgedDropped()).isEqualTo(1);
		assertThat(recorder.judged()).isNull();
		assertThat(recorder.judgedFromMs()).isZero();
	}

	@Test
	void theFirstLossIsTheOneThatWasDueFirst() {
		Recorder recorder = recorder(null);
		recorder.accept(answer(1, 20, 30, DropKind.REFUSED));
		recorder.accept(answer(0, 10, 90, DropKind.TIMEOUT));
		assertThat(recorder.firstDrop()).isEqualTo(DropKind.TIMEOUT);
		assertThat(recorder.isAnswered()).isFalse();
		recorder.accept(answer(2, 30, 90, DropKind.http(500)));
		assertThat(recorder.isAnswered()).isTrue();
		assertThat(recorder.answeredSince(0, List.of(ConnectionMode.FRESH))).isFalse();
		recorder.accept(answer(3, 40, 90, null));
		assertThat(recorder.answeredSince(40, List.of(ConnectionMode.FRESH))).isTrue();
		assertThat(recorder.answeredSince(41, List.of(ConnectionMode.FRESH))).isFalse();
	}

	@Test
	void correctAnswersAreCountedByVersion() {
		Recorder recorder = recorder(null);
		String[] versions = { "v1", "v2", "v1", null };
		for (int i = 0; i < versions.length; i++) {
			recorder.accept(new Answer(ConnectionMode.FRESH, i, i, i, i + 1, null, versions[i]));
		}
		recorder.accept(new Answer(ConnectionMode.FRESH, 4, 4, 4, 5, DropKind.http(500), "v2"));
		assertThat(recorder.report(ConnectionMode.FRESH, 1, 5).versions()).isEqualTo(Map.of("v1", 2L, "v2", 1L));
	}

	/** Waits until the clock has begun; returns a time before now. */
	private long awaitZero() {
		long now = this.clock.now();
		while (now < 0) {
			Thread.onSpinWait();
			now = this.clock.now();
		}
		return now;
	}

	private static Recorder recorder(@Nullable String judgeFrom) {
		return new Recorder(List.of(ConnectionMode.FRESH), 250, Duration.ofSeconds(20), judgeFrom);
	}

	private static Answer answer(long slot, long due, long end, @Nullable DropKind drop) {
		return new Answer(ConnectionMode.FRESH, slot, due, due, end, drop, null);
	}

}
