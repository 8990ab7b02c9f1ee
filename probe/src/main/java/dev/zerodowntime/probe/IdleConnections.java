package dev.zerodowntime.probe;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

import org.jspecify.annotations.Nullable;

/**
 * Open connections that wait for their next request. The one that has waited longest goes
 * first, so that all of them stay in use.
 */
final class IdleConnections implements AutoCloseable {

	private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

	private volatile boolean closed;

	/** A connection the server has not closed yet, or {@code null}. */
	@Nullable Connection take() {
		while (true) {
			Connection connection = this.idle.pollFirst();
			if (connection == null || !connection.isClosedByServer()) {
				return connection;
			}
			connection.close();
		}
	}

	void put(Connection connection) {
		this.idle.addLast(connection);
		if (this.closed) {
			close();
		}
	}

	@Override
	public void close() {
		this.closed = true;
		for (Connection each = this.idle.poll(); each != null; each = this.idle.poll()) {
			each.close();
		}
	}

}
