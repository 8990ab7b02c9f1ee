package dev.zerodowntime.lab.live;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.Answer;

/**
 * Counts the answers of one connection mode as they come. Outages are told in due order,
 * as the final report tells them: an answer waits for those that were due before it.
 */
final class Lane {

	private final Map<Long, Answer> early = new TreeMap<>();

	private final Map<String, Long> kinds = new TreeMap<>();

	private long sent;

	private long lost;

	private long nextSlot;

	private long lastGoodMs;

	private long lastMs;

	private boolean isDown;

	private long longestOutageMs;

	void add(Answer answer) {
		this.sent++;
		if (answer.drop() != null) {
			this.lost++;
			this.kinds.merge(answer.drop().name(), 1L, Long::sum);
		}
		this.early.put(answer.slot(), answer);
		for (Answer next = this.early.remove(this.nextSlot); next != null; next = this.early.remove(this.nextSlot)) {
			this.nextSlot++;
			judge(next);
		}
	}

	private void judge(Answer answer) {
		this.lastMs = answer.dueMs();
		if (!answer.ok()) {
			this.isDown = true;
			return;
		}
		long goodMs = this.lastMs;
		if (this.isDown) {
			goodMs = Math.max(goodMs, TimeUnit.NANOSECONDS.toMillis(answer.sentNanos()));
			this.longestOutageMs = Math.max(this.longestOutageMs, goodMs - this.lastGoodMs);
			this.isDown = false;
		}
		this.lastGoodMs = Math.max(this.lastGoodMs, goodMs);
	}

	Scores.OfMode scores() {
		long outage = this.isDown ? Math.max(this.longestOutageMs, this.lastMs - this.lastGoodMs)
				: this.longestOutageMs;
		return new Scores.OfMode(this.sent, this.lost, Map.copyOf(this.kinds), outage);
	}

}
