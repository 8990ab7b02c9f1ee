package dev.zerodowntime.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Judges the answers of one mode, given in due order. */
final class Verdict {

	private static final double MICROS_PER_MS = 1000;

	/** There, back, and there again. */
	private static final int MIN_CHANGES = 3;

	private static final long MAX_BETWEEN_CHANGES_MS = 1000;

	private final List<Answer> answers;

	private final Scope scope;

	private final long due;

	/**
	 * Create a verdict.
	 * @param mode the mode
	 * @param answers of this mode, in due order
	 * @param scope what is measured
	 */
	Verdict(ConnectionMode mode, List<Answer> answers, Scope scope) {
		this.answers = answers;
		this.scope = scope;
		this.due = scope.due().getOrDefault(mode, 0L);
	}

	ModeReport report() {
		Map<String, Long> kinds = new TreeMap<>();
		Map<String, Long> versions = new TreeMap<>();
		long ok = 0;
		long late = 0;
		for (Answer answer : this.answers) {
			if (answer.drop() != null) {
				kinds.merge(answer.drop().name(), 1L, Long::sum);
			}
			else {
				ok++;
				if (answer.version() != null) {
					versions.merge(answer.version(), 1L, Long::sum);
				}
			}
			if (answer.latenessNanos() > TimeUnit.MILLISECONDS.toNanos(Report.LATE_MS)) {
				late++;
			}
		}
		List<Outage> outages = outages();
		long sent = this.answers.size();
		return new ModeReport(sent, ok, sent - ok, kinds, outages, outages.stream().mapToLong(Outage::lengthMs).sum(),
				latency((answer) -> true), baselineLatency(), commandLatency(), late, lateness(), versions, overlap(),
				Math.max(0, this.due - sent),
				BlindSpans.of(this.answers, this.scope.durationMs(), this.scope.blindLimitMs()));
	}

	private List<Outage> outages() {
		List<Outage> outages = new ArrayList<>();
		long from = 0;
		long dropped = 0;
		for (Answer answer : this.answers) {
			if (!answer.ok()) {
				dropped++;
				continue;
			}
			long next = answer.dueMs();
			if (dropped > 0) {
				// Late by itself, it does not show that the service was back when it was
				// due.
				next = Math.max(from, TimeUnit.NANOSECONDS.toMillis(answer.sentNanos()));
				outages.add(new Outage(from, next, dropped));
				dropped = 0;
			}
			from = Math.max(from, next);
		}
		if (dropped > 0) {
			outages.add(new Outage(from, Math.max(this.scope.durationMs(), from), dropped));
		}
		return outages;
	}

	private @Nullable Latency baselineLatency() {
		Span action = this.scope.action();
		return (action != null) ? latency((answer) -> answer.dueMs() < action.fromMs()) : null;
	}

	private @Nullable Latency commandLatency() {
		Span action = this.scope.action();
		return (action != null)
				? latency((answer) -> answer.dueMs() >= action.fromMs() && answer.dueMs() < action.toMs()) : null;
	}

	private @Nullable Latency latency(Predicate<Answer> which) {
		return latency(this.answers.stream().filter(which).toList());
	}

	/** Of those that were answered correctly, {@code null} if none was. */
	static @Nullable Latency latency(List<Answer> answers) {
		Histogram micros = new Histogram(3);
		for (Answer answer : answers) {
			if (answer.ok()) {
				micros.recordValue(TimeUnit.NANOSECONDS.toMicros(answer.latencyNanos()));
			}
		}
		return inMs(micros);
	}

	private @Nullable Latency lateness() {
		Histogram micros = new Histogram(3);
		for (Answer answer : this.answers) {
			micros.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(answer.latenessNanos())));
		}
		return inMs(micros);
	}

	private static @Nullable Latency inMs(Histogram micros) {
		if (micros.getTotalCount() == 0) {
			return null;
		}
		return new Latency(micros.getValueAtPercentile(50) / MICROS_PER_MS,
				micros.getValueAtPercentile(99) / MICROS_PER_MS, micros.getMaxValue() / MICROS_PER_MS);
	}

	/**
	 * The longest stretch in which the answers of several versions alternate: from the
	 * first answer of another version to the last one before the last change. A change to
	 * another version, or there and back, is no overlap.
	 */
	private @Nullable Span overlap() {
		Span longest = null;
		Answer last = null;
		long fromMs = 0;
		long changedMs = Long.MIN_VALUE / 2;
		int changes = 0;
		for (Answer answer : this.answers) {
			if (!answer.ok() || answer.version() == null) {
				continue;
			}
			if (last != null && !answer.version().equals(last.version())) {
				if (answer.dueMs() - changedMs > MAX_BETWEEN_CHANGES_MS) {
					changes = 0;
					fromMs = answer.dueMs();
				}
				changes++;
				changedMs = answer.dueMs();
				Span span = new Span(fromMs, last.dueMs());
				if (changes >= MIN_CHANGES && (longest == null || span.lengthMs() > longest.lengthMs())) {
					longest = span;
				}
			}
			last = answer;
		}
		return longest;
	}

}
