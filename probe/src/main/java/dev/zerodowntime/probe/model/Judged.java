package dev.zerodowntime.probe.model;

import org.jspecify.annotations.Nullable;

/**
 * The part of a run that a limit judges: what was due from an event on. All that was lost
 * before is in the report, and is not held against what the event began.
 * <p>
 * Immutable. Only the probe implements it, so that later versions can add to it.
 */
public interface Judged {

	/**
	 * Returns which event begins it.
	 * @return how the event's name begins
	 */
	String from();

	/**
	 * Returns when that event happened.
	 * @return milliseconds since counting began; {@code null} if it never did: nothing is
	 * judged then
	 */
	@Nullable Long fromMs();

	/**
	 * Returns how many requests were due from then on, in all modes.
	 * @return 0 or more
	 */
	long sent();

	/**
	 * Returns how many of those were lost.
	 * @return 0 or more
	 */
	long dropped();

	/**
	 * Returns the 99th percentile of the latency of those that were answered, of the
	 * slower mode.
	 * @return milliseconds, {@code null} if none was answered
	 */
	@Nullable Double p99Ms();

}
