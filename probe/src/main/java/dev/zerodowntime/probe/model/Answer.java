package dev.zerodowntime.probe.model;

import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.ProbeBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What became of one request. Times are nanoseconds since the measurement began.
 *
 * @param mode how the request got its connection
 * @param slot the request's number in its mode's schedule, from 0
 * @param dueNanos when it was due
 * @param sentNanos when the probe began to send it (to connect, in fresh mode)
 * @param endNanos when the answer was complete, or the request lost
 * @param drop why it was lost, or {@code null} for a correct answer
 * @param version the version that the answer names, see
 * {@link ProbeBuilder#versionHeader(String)}, or {@code null}
 */
public record Answer(ConnectionMode mode, long slot, long dueNanos, long sentNanos, long endNanos,
		@Nullable DropKind drop, @Nullable String version) {

	/**
	 * Tells whether the answer was correct, complete and in time.
	 * @return {@code true} unless the request was lost
	 */
	public boolean ok() {
		return this.drop == null;
	}

	/**
	 * When it was due.
	 * @return milliseconds since the measurement began
	 */
	public long dueMs() {
		return TimeUnit.NANOSECONDS.toMillis(this.dueNanos);
	}

	/**
	 * The time a visitor waited: from the due time, so that a late sender cannot hide a
	 * slow server.
	 * @return nanoseconds
	 */
	public long latencyNanos() {
		return this.endNanos - this.dueNanos;
	}

	/**
	 * How late the probe itself was.
	 * @return nanoseconds between due and sent
	 */
	public long latenessNanos() {
		return this.sentNanos - this.dueNanos;
	}

	/**
	 * Returns whether the probe itself was late.
	 * @return whether it was sent more than {@link Report#LATE_MS} ms after its due time
	 */
	public boolean isLate() {
		return latenessNanos() > TimeUnit.MILLISECONDS.toNanos(Report.LATE_MS);
	}

}
