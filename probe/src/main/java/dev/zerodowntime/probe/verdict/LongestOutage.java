package dev.zerodowntime.probe.verdict;

import java.time.Duration;

import dev.zerodowntime.probe.model.Answer;

/**
 * The longest outage of one connection mode while a measurement runs, by the rules of the
 * report. Answers may come in any order: one that comes early counts when those that were
 * due before it have come. Not for several threads.
 */
public final class LongestOutage {

	private final Outages outages = new Outages();

	private final DueOrder dueOrder;

	/**
	 * Create a counter.
	 * @param maxWait how long after its due time an answer may come, such as the timeout
	 * and some seconds. No answer is waited for any longer
	 */
	public LongestOutage(Duration maxWait) {
		this.dueOrder = new DueOrder(maxWait.toNanos(), this.outages::add);
	}

	/**
	 * Counts one answer.
	 * @param answer of this mode
	 */
	public void add(Answer answer) {
		this.dueOrder.add(answer);
	}

	/**
	 * Returns its length so far. An outage that still lasts reaches to when the latest
	 * lost request was due.
	 * @return milliseconds, 0 if there was none
	 */
	public long lengthMs() {
		return this.outages.longestMs();
	}

}
