package dev.zerodowntime.probe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Collects the answers of one run, as they come. */
final class AnswerLog implements Consumer<Answer> {

	private final List<Answer> answers = new ArrayList<>();

	private final List<Answer> drops = new ArrayList<>();

	private final Map<ConnectionMode, Long> lastOkDueNanos = new EnumMap<>(ConnectionMode.class);

	private long lastDropDueNanos = Long.MIN_VALUE;

	@Override
	public synchronized void accept(Answer answer) {
		this.answers.add(answer);
		if (answer.ok()) {
			this.lastOkDueNanos.merge(answer.mode(), answer.dueNanos(), Math::max);
		}
		else {
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

	/** Whether each of these modes has a correct answer that was due then or later. */
	synchronized boolean answeredSince(long nanos, Collection<ConnectionMode> modes) {
		return modes.stream().allMatch((mode) -> this.lastOkDueNanos.getOrDefault(mode, Long.MIN_VALUE) >= nanos);
	}

	synchronized List<Answer> inDueOrder() {
		List<Answer> sorted = new ArrayList<>(this.answers);
		sorted.sort(Comparator.comparingLong(Answer::dueNanos));
		return sorted;
	}

}
