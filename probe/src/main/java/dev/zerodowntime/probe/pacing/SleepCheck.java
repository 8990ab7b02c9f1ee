package dev.zerodowntime.probe.pacing;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Notices that this machine was suspended. On Linux and macOS {@link System#nanoTime()}
 * does not advance then, but the wall clock does. Safe for use by several threads.
 */
public final class SleepCheck {

	/**
	 * How often to look, at least, so that small corrections of a clock do not add up.
	 */
	public static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long MIN_SLEEP_MS = 1000;

	private final LongSupplier wallMs;

	private final LongSupplier nanos;

	private long lastWallMs;

	private long lastNanos;

	private long sleptMs;

	public SleepCheck() {
		this(System::currentTimeMillis, System::nanoTime);
	}

	SleepCheck(LongSupplier wallMs, LongSupplier nanos) {
		this.wallMs = wallMs;
		this.nanos = nanos;
		this.lastWallMs = wallMs.getAsLong();
		this.lastNanos = nanos.getAsLong();
	}

	/** Compares both clocks with what they showed the last time. */
	public synchronized void look() {
		long wall = this.wallMs.getAsLong();
		long nano = this.nanos.getAsLong();
		long ahead = (wall - this.lastWallMs) - TimeUnit.NANOSECONDS.toMillis(nano - this.lastNanos);
		this.lastWallMs = wall;
		this.lastNanos = nano;
		if (ahead > MIN_SLEEP_MS) {
			this.sleptMs += ahead;
		}
	}

	/** Why the run cannot be trusted, empty if this machine did not sleep. */
	public synchronized Optional<String> problem() {
		return (this.sleptMs == 0) ? Optional.empty()
				: Optional.of("this machine was suspended, or its clock was set forward, for "
						+ TimeUnit.MILLISECONDS.toSeconds(this.sleptMs) + " s");
	}

}
