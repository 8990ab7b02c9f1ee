package dev.zerodowntime.probe;

/**
 * A stretch with drops: from the last good answer before the first of them to the first
 * good answer after the last. Times are due times, in milliseconds since the measurement
 * began; a stretch at either end of the measurement reaches to that end.
 *
 * @param fromMs the last good request before, or the beginning
 * @param toMs the first good request after, or the end
 * @param dropped requests lost in it
 */
public record Outage(long fromMs, long toMs, long dropped) {

	/**
	 * How long it lasted.
	 * @return milliseconds
	 */
	public long lengthMs() {
		return this.toMs - this.fromMs;
	}

}
