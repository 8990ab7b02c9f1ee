package dev.zerodowntime.probe;

import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Knows every attempt under way and ends those whose time is up, in whatever phase they
 * hang: blocking connects, handshakes and writes have no timeout of their own.
 */
final class Watchdog implements AutoCloseable {

	/** A timeout takes effect at most this much too late. */
	private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private final Clock clock;

	private final long timeoutNanos;

	private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();

	private final Thread thread = new Thread(this::rounds, "probe-watchdog");

	private volatile boolean closed;

	Watchdog(Clock clock, long timeoutNanos) {
		this.clock = clock;
		this.timeoutNanos = timeoutNanos;
		this.thread.setDaemon(true);
		this.thread.start();
	}

	void watch(Attempt attempt) {
		this.attempts.add(attempt);
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

	private void rounds() {
		while (!this.closed) {
			long now = this.clock.now();
			// Whatever is sent from now on is due no earlier than this.
			long next = now + this.timeoutNanos;
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
			LockSupport.parkNanos(Math.max(next - now, ROUND_NANOS));
		}
	}

	@Override
	public void close() {
		this.closed = true;
		LockSupport.unpark(this.thread);
	}

}
