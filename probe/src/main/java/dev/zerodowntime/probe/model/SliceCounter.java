package dev.zerodowntime.probe.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Counts the requests of one mode that were due in one tenth of a second. There are 36
 * 000 of these per hour and mode, so a map is made only where there is more than one
 * version, or a loss.
 */
final class SliceCounter {

	private int ok;

	private int lost;

	private int late;

	private long highestLatencyMicros;

	private long firstLostMs = Long.MAX_VALUE;

	private @Nullable String lastVersion;

	private @Nullable Map<String, Long> okByVersion;

	private @Nullable Map<String, Long> lostByKind;

	/**
	 * Counts one request.
	 * @param version the name under which its version is counted
	 */
	void add(Answer answer, String version) {
		if (answer.isLate()) {
			this.late++;
		}
		if (answer.drop() != null) {
			if (this.lostByKind == null) {
				this.lostByKind = new TreeMap<>();
			}
			this.lost++;
			this.lostByKind.merge(answer.drop().name(), 1L, Long::sum);
			this.firstLostMs = Math.min(this.firstLostMs, answer.dueMs());
			return;
		}
		this.highestLatencyMicros = Math.max(this.highestLatencyMicros,
				TimeUnit.NANOSECONDS.toMicros(answer.latencyNanos()));
		if (this.okByVersion == null && this.lastVersion != null && !this.lastVersion.equals(version)) {
			this.okByVersion = new LinkedHashMap<>(okByVersion());
		}
		if (this.okByVersion != null) {
			this.okByVersion.merge(version, 1L, Long::sum);
		}
		this.ok++;
		this.lastVersion = version;
	}

	long ok() {
		return this.ok;
	}

	long lost() {
		return this.lost;
	}

	long late() {
		return this.late;
	}

	long highestLatencyMicros() {
		return this.highestLatencyMicros;
	}

	@Nullable Long firstLostMs() {
		return (this.lost > 0) ? this.firstLostMs : null;
	}

	@Nullable String lastVersion() {
		return this.lastVersion;
	}

	Map<String, Long> lostByKind() {
		return (this.lostByKind != null) ? this.lostByKind : Map.of();
	}

	Map<String, Long> okByVersion() {
		if (this.okByVersion != null) {
			return this.okByVersion;
		}
		return (this.lastVersion != null) ? Map.of(this.lastVersion, (long) this.ok) : Map.of();
	}

}
