package dev.zerodowntime.probe;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Somebody's wish to end a measurement early and still see what it found. */
final class Stop {

	private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private volatile boolean requested;

	void request() {
		this.requested = true;
	}

	boolean isRequested() {
		return this.requested;
	}

	/** Waits for this condition, which has a limit of its own, or for the wish. */
	void await(BooleanSupplier condition) {
		while (!this.requested && !condition.getAsBoolean()) {
			LockSupport.parkNanos(POLL_NANOS);
			if (Thread.currentThread().isInterrupted()) {
				request();
			}
		}
	}

}
