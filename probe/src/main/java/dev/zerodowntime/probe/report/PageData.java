package dev.zerodowntime.probe.report;

import java.util.List;

import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.Report;
import org.jspecify.annotations.Nullable;

/**
 * What the page draws. Answers are columns, because names would be most of the file.
 *
 * @param report the verdict
 * @param charts one for each mode
 */
record PageData(Report report, List<Chart> charts) {

	private static final double NANOS_PER_MS = 1e6;

	static PageData of(Measurement measurement) {
		List<Answer> samples = measurement.slices().samples();
		return new PageData(measurement.report(),
				measurement.report().modes().keySet().stream().map((mode) -> chart(mode, samples)).toList());
	}

	private static Chart chart(ConnectionMode mode, List<Answer> samples) {
		List<Answer> own = samples.stream().filter((answer) -> answer.mode() == mode).toList();
		List<Answer> ok = own.stream().filter(Answer::ok).toList();
		List<Answer> lost = own.stream().filter((answer) -> !answer.ok()).toList();
		return new Chart(mode.label(), dueMs(ok), latencyMs(ok), ok.stream().map(Answer::version).toList(), dueMs(lost),
				latencyMs(lost), lost.stream().map((answer) -> String.valueOf(answer.drop())).toList());
	}

	private static List<Double> dueMs(List<Answer> answers) {
		return answers.stream().map((answer) -> answer.dueNanos() / NANOS_PER_MS).toList();
	}

	private static List<Double> latencyMs(List<Answer> answers) {
		return answers.stream().map((answer) -> answer.latencyNanos() / NANOS_PER_MS).toList();
	}

	/**
	 * One mode's requests, as far as they are drawn.
	 *
	 * @param mode its label
	 * @param okAt when correct answers were due, in milliseconds
	 * @param okMs how long they took
	 * @param okVersion who answered
	 * @param lostAt when lost requests were due, in milliseconds
	 * @param lostMs how long it took to know
	 * @param lostKind in which way they were lost
	 */
	record Chart(String mode, List<Double> okAt, List<Double> okMs, List<@Nullable String> okVersion,
			List<Double> lostAt, List<Double> lostMs, List<String> lostKind) {

	}

}
