package dev.zerodowntime.probe.verdict;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.Outage;

/** Finds the outages of one mode in its answers, given in due order. */
final class Outages {

	/** A server that fails now and then all day long must not fill the memory. */
	static final int MAX_OUTAGES = 10_000;

	private static final Comparator<Outage> LONGER = Comparator.comparingLong(Outage::lengthMs)
		.thenComparing(Comparator.comparingLong(Outage::fromMs).reversed());

	/** The shortest one first: it goes when there are too many. */
	private final Queue<Outage> longest = new PriorityQueue<>(LONGER);

	private long lastGoodMs;

	private long lastMs;

	private long longestMs;

	private long dropped;

	private long downtimeMs;

	void add(Answer answer) {
		this.lastMs = answer.dueMs();
		if (!answer.ok()) {
			this.dropped++;
			return;
		}
		long goodMs = answer.dueMs();
		if (this.dropped > 0) {
			// Late by itself, it does not show that the service was back when it was due.
			goodMs = Math.max(this.lastGoodMs, TimeUnit.NANOSECONDS.toMillis(answer.sentNanos()));
			end(goodMs);
		}
		this.lastGoodMs = Math.max(this.lastGoodMs, goodMs);
	}

	/** The measurement has ended: an outage that lasts reaches to its end. */
	void end(long atMs) {
		if (this.dropped == 0) {
			return;
		}
		Outage outage = new Outage(this.lastGoodMs, Math.max(atMs, this.lastGoodMs), this.dropped);
		this.dropped = 0;
		this.downtimeMs += outage.lengthMs();
		this.longestMs = Math.max(this.longestMs, outage.lengthMs());
		this.longest.add(outage);
		if (this.longest.size() > MAX_OUTAGES) {
			this.longest.remove();
		}
	}

	/** The longest ones, in order of time. */
	List<Outage> all() {
		return this.longest.stream().sorted(Comparator.comparingLong(Outage::fromMs)).toList();
	}

	/** The longest one; one that still lasts reaches to the last request. */
	long longestMs() {
		return (this.dropped > 0) ? Math.max(this.longestMs, this.lastMs - this.lastGoodMs) : this.longestMs;
	}

	/** The lengths of all outages, added up. */
	long downtimeMs() {
		return this.downtimeMs;
	}

}
