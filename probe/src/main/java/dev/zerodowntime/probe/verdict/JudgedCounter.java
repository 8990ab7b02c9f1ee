package dev.zerodowntime.probe.verdict;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.Judged;
import dev.zerodowntime.probe.model.Latency;
import org.jspecify.annotations.Nullable;

/** Counts the requests that are due from an event on. */
final class JudgedCounter {

	private final Map<ConnectionMode, LatencyCounter> latencies = new EnumMap<>(ConnectionMode.class);

	private long fromNanos = Long.MAX_VALUE;

	private long sent;

	private long dropped;

	/** Begins at this time, unless it has begun: at no earlier time than now. */
	void begin(long nanos) {
		this.fromNanos = Math.min(this.fromNanos, nanos);
	}

	void add(Answer answer) {
		if (answer.dueNanos() < this.fromNanos) {
			return;
		}
		this.sent++;
		if (answer.ok()) {
			this.latencies.computeIfAbsent(answer.mode(), (mode) -> new LatencyCounter()).add(answer.latencyNanos());
		}
		else {
			this.dropped++;
		}
	}

	long dropped() {
		return this.dropped;
	}

	@Nullable Long fromMs() {
		return (this.fromNanos != Long.MAX_VALUE) ? TimeUnit.NANOSECONDS.toMillis(this.fromNanos) : null;
	}

	/**
	 * Returns what was counted.
	 * @param from how the event's name begins
	 */
	Judged part(String from) {
		Double p99Ms = null;
		for (LatencyCounter counter : this.latencies.values()) {
			Latency latency = counter.latency();
			if (latency != null) {
				p99Ms = Math.max(latency.p99(), (p99Ms != null) ? p99Ms : 0);
			}
		}
		return new JudgedData(from, fromMs(), this.sent, this.dropped, p99Ms);
	}

}
