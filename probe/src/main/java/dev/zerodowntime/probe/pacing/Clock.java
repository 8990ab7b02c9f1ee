package dev.zerodowntime.probe.pacing;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Nanoseconds since the measurement began; requests and events share one of these. It
 * begins a moment after it is made, so that everything is in place when the first request
 * is due.
 */
public final class Clock {

	private static final Duration HEAD_START = Duration.ofMillis(20);

	private final long origin = System.nanoTime() + HEAD_START.toNanos();

	private final Instant startedAt = Instant.now().plus(HEAD_START).truncatedTo(ChronoUnit.MILLIS);

	/** Below zero before it begins. */
	public long now() {
		return System.nanoTime() - this.origin;
	}

	public Instant startedAt() {
		return this.startedAt;
	}

}
