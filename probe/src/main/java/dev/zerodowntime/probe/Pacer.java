package dev.zerodowntime.probe;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.zerodowntime.probe.Schedule.Slot;

/** Walks through a schedule on a thread of its own, until it is told to stop. */
final class Pacer {

	/** After such a standstill (a laptop that slept) no burst is sent: the run ends. */
	private static final long STANDSTILL_NANOS = TimeUnit.SECONDS.toNanos(10);

	private static final long JOIN_LIMIT_MS = 1000;

	private final Clock clock;

	private final Schedule schedule;

	private final Sender sender;

	private final Thread thread = new Thread(this::walk, "probe-pacer");

	private volatile long endNanos = Long.MAX_VALUE;

	private volatile boolean stoodStill;

	Pacer(Clock clock, Schedule schedule, Sender sender) {
		this.clock = clock;
		this.schedule = schedule;
		this.sender = sender;
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	/** No request that is due at or after this time is sent. */
	void endAt(long endNanos) {
		this.endNanos = endNanos;
		LockSupport.unpark(this.thread);
	}

	long endNanos() {
		return this.endNanos;
	}

	/** Waits until no more is sent. */
	void join() {
		try {
			this.thread.join(JOIN_LIMIT_MS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	boolean isWalking() {
		return this.thread.isAlive();
	}

	boolean stoodStill() {
		return this.stoodStill;
	}

	private void walk() {
		for (long turn = 0;; turn++) {
			Slot slot = this.schedule.slot(turn);
			long wait = awaitDue(slot.dueNanos());
			if (slot.dueNanos() >= this.endNanos) {
				return;
			}
			if (-wait > STANDSTILL_NANOS) {
				this.stoodStill = true;
				return;
			}
			this.sender.send(slot);
		}
	}

	/** Returns what is left of the wait: zero or less, or more if the end came first. */
	private long awaitDue(long dueNanos) {
		long wait = dueNanos - this.clock.now();
		while (wait > 0 && dueNanos < this.endNanos) {
			LockSupport.parkNanos(wait);
			wait = dueNanos - this.clock.now();
		}
		return wait;
	}

}
