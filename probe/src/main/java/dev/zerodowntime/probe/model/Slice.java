package dev.zerodowntime.probe.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * What became of the requests of one connection mode that were due in one tenth of a
 * second. Immutable.
 */
public final class Slice {

	/** How long a slice is, in milliseconds. */
	public static final long LENGTH_MS = 100;

	private static final double MICROS_PER_MS = TimeUnit.MILLISECONDS.toMicros(1);

	private final long fromMs;

	private final long ok;

	private final long lost;

	private final Map<String, Long> lostByKind;

	private final Map<String, Long> okByVersion;

	private final @Nullable String lastVersion;

	private final @Nullable Long firstLostMs;

	private final long highestLatencyMicros;

	private final long late;

	Slice(long number, SliceCounter counter) {
		this.fromMs = number * LENGTH_MS;
		this.ok = counter.ok();
		this.lost = counter.lost();
		this.lostByKind = Collections.unmodifiableMap(new TreeMap<>(counter.lostByKind()));
		this.okByVersion = Collections.unmodifiableMap(new LinkedHashMap<>(counter.okByVersion()));
		this.lastVersion = counter.lastVersion();
		this.firstLostMs = counter.firstLostMs();
		this.highestLatencyMicros = counter.highestLatencyMicros();
		this.late = counter.late();
	}

	/**
	 * Returns when it begins.
	 * @return milliseconds since the measurement began, a multiple of {@link #LENGTH_MS}
	 */
	public long fromMs() {
		return this.fromMs;
	}

	/**
	 * Returns when it ends.
	 * @return milliseconds since the measurement began
	 */
	public long toMs() {
		return this.fromMs + LENGTH_MS;
	}

	/**
	 * Returns the number of requests with an outcome.
	 * @return {@link #ok()} and {@link #lost()} together, at least 1
	 */
	public long sent() {
		return this.ok + this.lost;
	}

	/**
	 * Returns the number of correct answers.
	 * @return 0 or more
	 */
	public long ok() {
		return this.ok;
	}

	/**
	 * Returns the number of lost requests.
	 * @return 0 or more
	 */
	public long lost() {
		return this.lost;
	}

	/**
	 * Returns how many requests were lost in which way.
	 * @return the numbers by {@link DropKind#name()}, empty if none was lost
	 */
	public Map<String, Long> lostByKind() {
		return this.lostByKind;
	}

	/**
	 * Returns how many correct answers each version gave.
	 * @return the numbers in the order of each version's first answer; answers without a
	 * version have the key {@code ""}
	 */
	public Map<String, Long> okByVersion() {
		return this.okByVersion;
	}

	/**
	 * Returns which version gave the correct answer that came last.
	 * @return its name, {@code ""} without a version, {@code null} if no answer was
	 * correct
	 */
	public @Nullable String lastVersion() {
		return this.lastVersion;
	}

	/**
	 * Returns when the first of the lost requests was due.
	 * @return milliseconds since the measurement began, {@code null} if none was lost
	 */
	public @Nullable Long firstLostMs() {
		return this.firstLostMs;
	}

	/**
	 * Returns the latency of the slowest correct answer, from its due time.
	 * @return milliseconds, {@code null} if no answer was correct
	 */
	public @Nullable Double highestLatencyMs() {
		return (this.ok > 0) ? this.highestLatencyMicros / MICROS_PER_MS : null;
	}

	/**
	 * Returns how many requests the probe itself sent late.
	 * @return requests sent more than {@link Report#LATE_MS} ms after their due time
	 */
	public long late() {
		return this.late;
	}

}
