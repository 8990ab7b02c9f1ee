package dev.zerodowntime.probe.model;

/**
 * A stretch with drops: from when the last good request before it was due to when the
 * first good request after it was sent. Times are milliseconds since the measurement
 * began; a stretch at either end of the measurement reaches to that end.
 *
 * @param fromMs when the last good request before was due, or the beginning
 * @param toMs when the first good request after was sent, or the end
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
