package dev.zerodowntime.probe.verdict;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;

import dev.zerodowntime.probe.model.Answer;

/**
 * Passes the answers of one mode on in due order: an answer that comes early is kept
 * until those that were due before it have come. It is kept no longer than an outcome can
 * take, so a request that never gets one holds up nothing. What comes after that is
 * passed on at once.
 */
final class DueOrder {

	private final Queue<Answer> early = new PriorityQueue<>(Comparator.comparingLong(Answer::slot));

	private final long maxWaitNanos;

	private final Consumer<Answer> next;

	private long nextSlot;

	/**
	 * Create an order.
	 * @param maxWaitNanos how long after its due time an outcome may come
	 * @param next what gets the answers in due order
	 */
	DueOrder(long maxWaitNanos, Consumer<Answer> next) {
		this.maxWaitNanos = maxWaitNanos;
		this.next = next;
	}

	void add(Answer answer) {
		this.early.add(answer);
		for (Answer first = this.early.peek(); first != null && (first.slot() <= this.nextSlot
				|| answer.endNanos() - first.dueNanos() > this.maxWaitNanos); first = this.early.peek()) {
			pass(this.early.remove());
		}
	}

	/** Passes on what is left: no other answer comes. */
	void end() {
		while (!this.early.isEmpty()) {
			pass(this.early.remove());
		}
	}

	/** How many answers wait for earlier ones. */
	int waiting() {
		return this.early.size();
	}

	private void pass(Answer answer) {
		this.nextSlot = Math.max(this.nextSlot, answer.slot() + 1);
		this.next.accept(answer);
	}

}
