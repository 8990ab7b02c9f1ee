package dev.zerodowntime.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The stretches in which a mode sent nothing: nobody knows what became of the service.
 */
final class BlindSpans {

	private BlindSpans() {
	}

	/**
	 * Finds them.
	 * @param answers of one mode
	 * @param durationMs how long requests were to be sent
	 * @param limitMs a stretch is blind if it is longer than this
	 * @return in order
	 */
	static List<Span> of(List<Answer> answers, long durationMs, long limitMs) {
		long[] sentMs = answers.stream()
			.filter((answer) -> !DropKind.NOT_SENT.equals(answer.drop()))
			.mapToLong((answer) -> TimeUnit.NANOSECONDS.toMillis(answer.sentNanos()))
			.toArray();
		Arrays.sort(sentMs);
		List<Span> spans = new ArrayList<>();
		long from = 0;
		for (long sent : sentMs) {
			add(spans, from, sent, limitMs);
			from = sent;
		}
		add(spans, from, durationMs, limitMs);
		return spans;
	}

	private static void add(List<Span> spans, long fromMs, long toMs, long limitMs) {
		if (toMs - fromMs > limitMs) {
			spans.add(new Span(fromMs, toMs));
		}
	}

}
