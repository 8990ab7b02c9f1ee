package dev.zerodowntime.probe.verdict;

import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.Span;
import org.jspecify.annotations.Nullable;

/**
 * Finds the longest stretch in which the answers of several versions alternate, in the
 * answers of one mode, given in due order: from the first answer of another version to
 * the last one before the last change. A change to another version, or there and back, is
 * no overlap.
 */
final class VersionsOverlap {

	/** There, back, and there again. */
	private static final int MIN_CHANGES = 3;

	private static final long MAX_BETWEEN_CHANGES_MS = 1000;

	private @Nullable Span longest;

	private @Nullable String lastVersion;

	private long lastMs;

	private long fromMs;

	private long changedMs = Long.MIN_VALUE / 2;

	private int changes;

	void add(Answer answer) {
		if (!answer.ok() || answer.version() == null) {
			return;
		}
		if (this.lastVersion != null && !answer.version().equals(this.lastVersion)) {
			change(answer.dueMs());
		}
		this.lastVersion = answer.version();
		this.lastMs = answer.dueMs();
	}

	private void change(long atMs) {
		if (atMs - this.changedMs > MAX_BETWEEN_CHANGES_MS) {
			this.changes = 0;
			this.fromMs = atMs;
		}
		this.changes++;
		this.changedMs = atMs;
		Span span = new Span(this.fromMs, this.lastMs);
		if (this.changes >= MIN_CHANGES && (this.longest == null || span.lengthMs() > this.longest.lengthMs())) {
			this.longest = span;
		}
	}

	/** Returns {@code null} if there was none. */
	@Nullable Span longest() {
		return this.longest;
	}

}
