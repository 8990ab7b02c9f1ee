package dev.zerodowntime.probe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Collects the answers of one run, as they come. */
final class AnswerLog implements Consumer<Answer> {

	private final List<Answer> answers = new ArrayList<>();

	private final List<Answer> drops = new ArrayList<>();

	private long lastDropDueNanos = Long.MIN_VALUE;

	@Override
	public synchronized void accept(Answer answer) {
		this.answers.add(answer);
		if (!answer.ok()) {
			this.drops.add(answer);
			this.lastDropDueNanos = Math.max(this.lastDropDueNanos, answer.dueNanos());
		}
	}

	synchronized long size() {
		return this.answers.size();
	}

	synchronized long dropped() {
		return this.drops.size();
	}

	/** Lost requests that were due then or later. */
	synchronized long droppedSince(long nanos) {
		return this.drops.stream().filter((answer) -> answer.dueNanos() >= nanos).count();
	}

	/** When the last of the lost requests was due, or {@code Long.MIN_VALUE}. */
	synchronized long lastDropDueNanos() {
		return this.lastDropDueNanos;
	}

	synchronized List<Answer> inDueOrder() {
		List<Answer> sorted = new ArrayList<>(this.answers);
		sorted.sort(Comparator.comparingLong(Answer::dueNanos));
		return sorted;
	}

}
