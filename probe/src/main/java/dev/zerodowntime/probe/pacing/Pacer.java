package dev.zerodowntime.probe.pacing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import dev.zerodowntime.probe.pacing.Schedule.Slot;

/** Walks through a schedule on a thread of its own, until it is told to stop. */
public final class Pacer {

	/** After such a standstill (a laptop that slept) no burst is sent: the run ends. */
	public static final Duration STANDSTILL = Duration.ofSeconds(10);

	private static final long JOIN_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final Clock clock;

	private final Schedule schedule;

	private final Consumer<Slot> sender;

	private final Faults faults;

	private final Thread thread = new Thread(this::walk, "probe-pacer");

	private volatile long endNanos = Long.MAX_VALUE;

	private volatile long nextDueNanos;

	public Pacer(Clock clock, Schedule schedule, Consumer<Slot> sender, Faults faults) {
		this.clock = clock;
		this.schedule = schedule;
		this.sender = sender;
		this.faults = faults;
		this.thread.setDaemon(true);
	}

	public void start() {
		this.thread.start();
	}

	/** No request that is due at or after this time is sent. */
	public void endAt(long endNanos) {
		this.endNanos = endNanos;
		LockSupport.unpark(this.thread);
	}

	public long endNanos() {
		return this.endNanos;
	}

	/** Waits until no more is sent. */
	public void join() {
		Uninterrupted.await(() -> !isWalking(), JOIN_LIMIT_NANOS);
	}

	public boolean isWalking() {
		return this.thread.isAlive();
	}

	/** When the next request is due; all that were due before have been sent. */
	public long nextDueNanos() {
		return this.nextDueNanos;
	}

	private void walk() {
		try {
			sendAll();
		}
		catch (Throwable ex) {
			this.faults.add("the thread that sends requests ended: " + ex);
		}
	}

	private void sendAll() {
		for (long turn = 0;; turn++) {
			Slot slot = this.schedule.slot(turn);
			this.nextDueNanos = slot.dueNanos();
			long wait = awaitDue(slot.dueNanos());
			if (slot.dueNanos() >= this.endNanos) {
				return;
			}
			if (-wait > STANDSTILL.toNanos()) {
				this.faults.add("this machine stood still for seconds while measuring");
				return;
			}
			this.sender.accept(slot);
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
