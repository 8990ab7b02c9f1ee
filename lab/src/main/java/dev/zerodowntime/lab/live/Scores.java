package dev.zerodowntime.lab.live;

import java.util.List;
import java.util.Map;

import dev.zerodowntime.probe.model.ConnectionMode;
import org.jspecify.annotations.Nullable;

/**
 * Where a count stands.
 *
 * @param atMs milliseconds since counting began
 * @param modes each connection mode by itself
 * @param p99NowMs 99th percentile of the correct answers of the last five seconds,
 * {@code null} without one
 * @param p99SteadyMs the same from the beginning to the first deploy
 * @param live the versions that answered within the last second
 */
record Scores(long atMs, Map<ConnectionMode, OfMode> modes, @Nullable Double p99NowMs, @Nullable Double p99SteadyMs,
		List<String> live) {

	long sent() {
		return this.modes.values().stream().mapToLong(OfMode::sent).sum();
	}

	long lost() {
		return this.modes.values().stream().mapToLong(OfMode::lost).sum();
	}

	/** The longest of both modes. */
	long longestOutageMs() {
		return this.modes.values().stream().mapToLong(OfMode::longestOutageMs).max().orElse(0);
	}

	/**
	 * Where a connection mode stands.
	 *
	 * @param sent requests with an outcome
	 * @param lost those of them that were lost
	 * @param kinds how
	 * @param longestOutageMs from the last good request before to the first good one
	 * after, or until now
	 */
	record OfMode(long sent, long lost, Map<String, Long> kinds, long longestOutageMs) {
	}

}
