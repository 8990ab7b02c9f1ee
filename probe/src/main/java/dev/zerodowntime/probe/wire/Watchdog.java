package dev.zerodowntime.probe.wire;

import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.zerodowntime.probe.pacing.Clock;
import dev.zerodowntime.probe.pacing.Faults;
import dev.zerodowntime.probe.pacing.SleepCheck;

/**
 * Knows every attempt in flight and ends those whose time is up, in whatever phase they
 * hang: blocking connects, handshakes and writes have no timeout of their own.
 */
final class Watchdog implements AutoCloseable {

	/** A timeout takes effect at most this much too late. */
	private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	/** If it wakes this much too late, the whole machine is taken to have stalled. */
	private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	/** What every answer under way is given after such a pause, at least. */
	private static final long STALL_GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final Clock clock;

	private final long timeoutNanos;

	private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();

	private final Faults faults;

	private final SleepCheck sleep = new SleepCheck();

	private final Thread thread = new Thread(this::run, "probe-watchdog");

	private volatile boolean closed;

	Watchdog(Clock clock, long timeoutNanos, Faults faults) {
		this.clock = clock;
		this.timeoutNanos = timeoutNanos;
		this.faults = faults;
		this.thread.setDaemon(true);
		this.thread.start();
	}

	void watch(Attempt attempt) {
		removeDone();
		this.attempts.add(attempt);
	}

	/** So that the oldest one in flight is found at once. */
	private void removeDone() {
		for (Attempt oldest = this.attempts.peek(); oldest != null && oldest.isDone(); oldest = this.attempts.peek()) {
			this.attempts.remove(oldest);
		}
	}

	/** Whether and how long this machine was suspended. */
	SleepCheck sleep() {
		return this.sleep;
	}

	/** The due time of the oldest attempt without an outcome, or {@code otherwise}. */
	long oldestPending(long otherwise) {
		for (Attempt attempt : this.attempts) {
			if (!attempt.isDone()) {
				return attempt.slot().dueNanos();
			}
		}
		return otherwise;
	}

	private void run() {
		try {
			rounds();
		}
		catch (Throwable ex) {
			this.faults.add("the thread that keeps the timeout ended: " + ex);
		}
	}

	private void rounds() {
		long wakeUp = this.clock.now();
		while (!this.closed) {
			this.sleep.look();
			long now = this.clock.now();
			if (now - wakeUp > STALL_NANOS) {
				// This machine stood still, and so did the reading of answers that may
				// lie here already.
				this.attempts.forEach((attempt) -> attempt.postpone(STALL_GRACE_NANOS + now));
			}
			// Whatever is sent from now on is due no earlier than this.
			long next = now + Math.min(this.timeoutNanos, SleepCheck.PERIOD_NANOS);
			for (Iterator<Attempt> each = this.attempts.iterator(); each.hasNext();) {
				Attempt attempt = each.next();
				if (attempt.isDone()) {
					each.remove();
				}
				else if (attempt.isOverdue(now)) {
					attempt.expire();
				}
				else {
					next = Math.min(next, attempt.deadlineNanos());
				}
			}
			long pause = Math.max(next - now, ROUND_NANOS);
			wakeUp = this.clock.now() + pause;
			LockSupport.parkNanos(pause);
		}
	}

	@Override
	public void close() {
		this.closed = true;
		LockSupport.unpark(this.thread);
		// Nobody waits for their outcome any more, and without this they would hang for
		// ever.
		this.attempts.forEach(Attempt::expire);
	}

}
