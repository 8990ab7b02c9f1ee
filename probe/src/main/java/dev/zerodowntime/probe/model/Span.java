package dev.zerodowntime.probe.model;

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

	/**
	 * Returns whether it has a part in common with another one.
	 * @param other another stretch
	 * @return {@code false} if they only touch
	 */
	public boolean overlaps(Span other) {
		return this.fromMs < other.toMs && other.fromMs < this.toMs;
	}

}
