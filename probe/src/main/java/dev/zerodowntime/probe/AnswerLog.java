package dev.zerodowntime.probe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Collects the answers of one run, as they come. */
final class AnswerLog implements Consumer<Answer> {

	private final List<Answer> answers = new ArrayList<>();

	private long dropped;

	private long lastDropDueNanos = Long.MIN_VALUE;

	@Override
	public synchronized void accept(Answer answer) {
		this.answers.add(answer);
		if (!answer.ok()) {
			this.dropped++;
			this.lastDropDueNanos = Math.max(this.lastDropDueNanos, answer.dueNanos());
		}
	}

	synchronized long size() {
		return this.answers.size();
	}

	synchronized long dropped() {
		return this.dropped;
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
