package dev.zerodowntime.probe.wire;

import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Open connections that wait for their next request, as in the pool of a usual client:
 * the one that was used last goes first, and one that has been idle for 4 s, or for as
 * long as the server allows, is closed.
 */
final class IdleConnections implements AutoCloseable {

	private static final long MAX_IDLE_NANOS = TimeUnit.SECONDS.toNanos(4);

	private final Deque<Idle> idle = new ConcurrentLinkedDeque<>();

	private final LongSupplier nanos;

	private volatile boolean closed;

	IdleConnections(LongSupplier nanos) {
		this.nanos = nanos;
	}

	/** A connection the server has not closed yet, or {@code null}. */
	@Nullable Connection take() {
		while (true) {
			Idle newest = this.idle.pollFirst();
			if (newest == null) {
				return null;
			}
			if (!isExpired(newest) && !newest.connection().isClosedByServer()) {
				return newest.connection();
			}
			newest.connection().close();
		}
	}

	/**
	 * Keeps a connection for a later request, and closes those that have been idle for
	 * too long.
	 * @param connection that may be used again
	 * @param keepAliveSeconds after which idle time the server closes it
	 */
	void put(Connection connection, int keepAliveSeconds) {
		long allowed = Math.min(MAX_IDLE_NANOS, TimeUnit.SECONDS.toNanos(keepAliveSeconds));
		this.idle.addFirst(new Idle(connection, this.nanos.getAsLong() + allowed));
		if (this.closed) {
			close();
		}
		else {
			removeExpired();
		}
	}

	private void removeExpired() {
		List<Idle> expired = new ArrayList<>();
		for (Iterator<Idle> oldest = this.idle.descendingIterator(); oldest.hasNext();) {
			Idle each = oldest.next();
			if (!isExpired(each)) {
				break;
			}
			expired.add(each);
		}
		for (Idle each : expired) {
			// Another thread may have taken it meanwhile.
			if (this.idle.removeLastOccurrence(each)) {
				each.connection().close();
			}
		}
	}

	private boolean isExpired(Idle each) {
		return this.nanos.getAsLong() >= each.untilNanos();
	}

	int size() {
		return this.idle.size();
	}

	@Override
	public void close() {
		this.closed = true;
		for (Idle each = this.idle.poll(); each != null; each = this.idle.poll()) {
			each.connection().close();
		}
	}

	private record Idle(Connection connection, long untilNanos) {
	}

}
