package dev.zerodowntime.probe;

/**
 * A stretch of the measurement.
 *
 * @param fromMs its beginning, in milliseconds since the measurement began
 * @param toMs its end
 */
public record Span(long fromMs, long toMs) {

	/**
	 * How long it lasted.
	 * @return milliseconds
	 */
	public long lengthMs() {
		return this.toMs - this.fromMs;
	}

	boolean contains(long ms) {
		return this.fromMs <= ms && ms < this.toMs;
	}

	boolean overlaps(Span other) {
		return this.fromMs < other.toMs && other.fromMs < this.toMs;
	}

}
