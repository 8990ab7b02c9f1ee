package dev.zerodowntime.probe.verdict;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.model.Span;
import org.jspecify.annotations.Nullable;

/**
 * What a verdict is about. Times are milliseconds since the measurement began.
 *
 * @param durationMs how long requests were sent
 * @param action from the start of the measured action until the service was steady again;
 * {@code null} without an action
 * @param judgedFromMs from when on limits judge, 0 if they judge all of it
 */
public record Scope(long durationMs, @Nullable Span action, long judgedFromMs) {

	/** At a low rate nothing is sent for long anyway. */
	private static final int MIN_BLIND_SLOTS = 3;

	/**
	 * Returns the longer one of a setting and three slots.
	 * @param maxBlind the setting
	 * @param ratePerSecond requests per second in each mode
	 * @return milliseconds
	 */
	public static long blindLimitMs(Duration maxBlind, double ratePerSecond) {
		return Math.max(maxBlind.toMillis(),
				(long) Math.ceil(MIN_BLIND_SLOTS * TimeUnit.SECONDS.toMillis(1) / ratePerSecond));
	}

	/** The part that matters: the action, or all of it. */
	Span measured() {
		return (this.action != null) ? this.action : new Span(0, this.durationMs);
	}

	/** The part of it that limits judge. */
	public Span judged() {
		Span measured = measured();
		return new Span(Math.max(measured.fromMs(), this.judgedFromMs), measured.toMs());
	}

}
