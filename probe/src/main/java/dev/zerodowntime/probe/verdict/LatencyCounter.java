package dev.zerodowntime.probe.verdict;

import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.model.Latency;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Percentiles of durations, to three significant digits. */
final class LatencyCounter {

	private static final double MICROS_PER_MS = TimeUnit.MILLISECONDS.toMicros(1);

	private final Histogram micros = new Histogram(3);

	void add(long nanos) {
		this.micros.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos)));
	}

	/** Returns {@code null} if nothing was added. */
	@Nullable Latency latency() {
		if (this.micros.getTotalCount() == 0) {
			return null;
		}
		return new Latency(this.micros.getValueAtPercentile(50) / MICROS_PER_MS,
				this.micros.getValueAtPercentile(99) / MICROS_PER_MS, this.micros.getMaxValue() / MICROS_PER_MS);
	}

}
