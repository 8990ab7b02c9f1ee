package dev.zerodowntime.probe.wire;

import java.io.IOException;
import java.nio.channels.SocketChannel;

import dev.zerodowntime.probe.pacing.Schedule.Slot;
import org.jspecify.annotations.Nullable;

/** One request in flight. */
final class Attempt {

	private final Slot slot;

	private volatile Phase phase = Phase.DUE;

	private volatile long deadlineNanos = Long.MAX_VALUE;

	private volatile boolean done;

	private boolean settled;

	private boolean expired;

	private @Nullable SocketChannel channel;

	Attempt(Slot slot) {
		this.slot = slot;
	}

	Slot slot() {
		return this.slot;
	}

	Phase phase() {
		return this.phase;
	}

	void enter(Phase phase) {
		this.phase = phase;
	}

	synchronized void setDeadline(long deadlineNanos) {
		this.deadlineNanos = deadlineNanos;
	}

	/** Moves the deadline to this time if it has one and that is earlier. */
	synchronized void postpone(long nanos) {
		this.deadlineNanos = Math.max(this.deadlineNanos, nanos);
	}

	long deadlineNanos() {
		return this.deadlineNanos;
	}

	boolean isOverdue(long nowNanos) {
		return nowNanos >= this.deadlineNanos;
	}

	boolean isDone() {
		return this.done;
	}

	/** Names the connection to close when the time is up. */
	synchronized void use(SocketChannel channel) throws IOException {
		if (this.expired) {
			channel.close();
		}
		this.channel = channel;
	}

	/** Ends the attempt from outside: whatever it waits for fails at once. */
	synchronized void expire() {
		if (this.settled || this.expired) {
			return;
		}
		this.expired = true;
		if (this.channel != null) {
			try {
				this.channel.close();
			}
			catch (IOException ex) {
				// Closed is what it should be.
			}
		}
	}

	/**
	 * Ends the attempt from inside: it cannot expire any more.
	 * @return whether it had expired before
	 */
	synchronized boolean settle() {
		this.settled = true;
		return this.expired;
	}

	/** Its outcome has been delivered. */
	void done() {
		this.done = true;
	}

}
