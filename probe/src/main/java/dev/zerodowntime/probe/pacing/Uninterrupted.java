package dev.zerodowntime.probe.pacing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits that an interrupt does not end. The interrupt is still set afterwards. */
public final class Uninterrupted {

	private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private Uninterrupted() {
	}

	/**
	 * Waits until a condition holds.
	 * @param condition looked at every 10 ms
	 * @param limitNanos how long to wait at most
	 * @return whether it holds
	 */
	public static boolean await(BooleanSupplier condition, long limitNanos) {
		long start = System.nanoTime();
		boolean interrupted = false;
		try {
			while (!condition.getAsBoolean()) {
				if (System.nanoTime() - start > limitNanos) {
					return false;
				}
				// It would return at once as long as the interrupt is set.
				interrupted |= Thread.interrupted();
				LockSupport.parkNanos(POLL_NANOS);
			}
			return true;
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
