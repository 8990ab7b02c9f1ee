package dev.zerodowntime.probe.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

import dev.zerodowntime.probe.Answer;
import dev.zerodowntime.probe.ConnectionMode;
import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.Report;
import org.jspecify.annotations.Nullable;

/**
 * What the page draws. Answers are columns, because names would be most of the file.
 *
 * @param report the verdict
 * @param charts one for each mode
 */
record PageData(Report report, List<Chart> charts) {

	private static final double NANOS_PER_MS = 1e6;

	static PageData of(Measurement measurement, int mostAnswers) {
		List<ConnectionMode> modes = List.copyOf(measurement.report().modes().keySet());
		return new PageData(measurement.report(),
				modes.stream().map((mode) -> chart(mode, measurement.answers(), mostAnswers / modes.size())).toList());
	}

	private static Chart chart(ConnectionMode mode, List<Answer> answers, int mostAnswers) {
		List<Answer> own = answers.stream().filter((answer) -> answer.mode() == mode).toList();
		List<Answer> ok = own.stream().filter(Answer::ok).toList();
		List<Answer> lost = own.stream().filter((answer) -> !answer.ok()).toList();
		List<Answer> shown = thin(ok, mostAnswers);
		return new Chart(mode.label(), ok.size(), dueMs(shown), latencyMs(shown),
				shown.stream().map(Answer::version).toList(), dueMs(lost), latencyMs(lost),
				lost.stream().map((answer) -> String.valueOf(answer.drop())).toList());
	}

	/** Keeps the slowest and one more of every so many, in their order. */
	static List<Answer> thin(List<Answer> answers, int most) {
		if (answers.size() <= most) {
			return answers;
		}
		int pairs = Math.max(1, most / 2);
		int stretch = (answers.size() + pairs - 1) / pairs;
		List<Answer> kept = new ArrayList<>();
		for (int from = 0; from < answers.size(); from += stretch) {
			List<Answer> some = answers.subList(from, Math.min(from + stretch, answers.size()));
			Answer slowest = Collections.max(some, Comparator.comparingLong(Answer::latencyNanos));
			kept.add(some.get(0));
			if (slowest != some.get(0)) {
				kept.add(slowest);
			}
		}
		return kept;
	}

	private static List<Double> dueMs(List<Answer> answers) {
		return answers.stream().map((answer) -> answer.dueNanos() / NANOS_PER_MS).toList();
	}

	private static List<Double> latencyMs(List<Answer> answers) {
		return answers.stream().map((answer) -> answer.latencyNanos() / NANOS_PER_MS).toList();
	}

	/**
	 * One mode's answers.
	 *
	 * @param mode its label
	 * @param ok correct answers there are, shown or not
	 * @param okAt when the shown ones were due, in milliseconds
	 * @param okMs how long they took
	 * @param okVersion who answered
	 * @param lostAt when the lost requests were due, in milliseconds
	 * @param lostMs how long it took to know
	 * @param lostKind in which way they were lost
	 */
	record Chart(String mode, int ok, List<Double> okAt, List<Double> okMs, List<@Nullable String> okVersion,
			List<Double> lostAt, List<Double> lostMs, List<String> lostKind) {

	}

}
