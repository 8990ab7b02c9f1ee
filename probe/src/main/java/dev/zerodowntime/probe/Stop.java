package dev.zerodowntime.probe;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A request to stop early; what was measured so far is still reported. */
final class Stop {

	private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private volatile boolean requested;

	private volatile boolean interrupted;

	void request() {
		this.requested = true;
	}

	/** For the next measurement: a request ends one. */
	void reset() {
		this.requested = false;
		this.interrupted = false;
	}

	boolean isRequested() {
		return this.requested;
	}

	/** Whether the stop was an interrupt of the thread that measures. */
	boolean isInterrupt() {
		return this.interrupted;
	}

	/**
	 * Waits until the condition holds or a stop is requested. The condition must bound
	 * itself.
	 */
	void await(BooleanSupplier condition) {
		while (!this.requested && !condition.getAsBoolean()) {
			LockSupport.parkNanos(POLL_NANOS);
			noticeInterrupt();
		}
	}

	/** Takes an interrupt of the current thread for a stop. */
	void noticeInterrupt() {
		if (Thread.currentThread().isInterrupted()) {
			this.interrupted = true;
			request();
		}
	}

}
