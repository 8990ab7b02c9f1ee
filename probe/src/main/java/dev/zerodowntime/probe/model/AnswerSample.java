package dev.zerodowntime.probe.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps single answers, at most a given number: all of them while they are few, later the
 * first and the slowest of every so many.
 */
final class AnswerSample {

	/**
	 * A group keeps two answers: with a quarter of the groups, half of the room is free.
	 */
	private static final int MERGED = 4;

	private final int max;

	private List<Group> groups = new ArrayList<>();

	private long groupSize = 1;

	/**
	 * Create a sample.
	 * @param max how many answers are kept, at least 4
	 */
	AnswerSample(int max) {
		this.max = max;
	}

	void add(Answer answer) {
		Group last = this.groups.isEmpty() ? null : this.groups.get(this.groups.size() - 1);
		if (last != null && last.size < this.groupSize) {
			last.add(answer);
			return;
		}
		int limit = (this.groupSize == 1) ? this.max : this.max / 2;
		if (this.groups.size() == limit) {
			merge();
			add(answer);
			return;
		}
		this.groups.add(new Group(answer));
	}

	private void merge() {
		List<Group> merged = new ArrayList<>();
		for (int i = 0; i < this.groups.size(); i++) {
			if (i % MERGED == 0) {
				merged.add(this.groups.get(i));
			}
			else {
				merged.get(merged.size() - 1).add(this.groups.get(i));
			}
		}
		this.groups = merged;
		this.groupSize *= MERGED;
	}

	/** In the order in which they were added, but the slowest after the first. */
	List<Answer> answers() {
		List<Answer> answers = new ArrayList<>();
		for (Group group : this.groups) {
			answers.add(group.first);
			if (group.slowest != group.first) {
				answers.add(group.slowest);
			}
		}
		return answers;
	}

	private static final class Group {

		private final Answer first;

		private Answer slowest;

		private long size = 1;

		Group(Answer first) {
			this.first = first;
			this.slowest = first;
		}

		void add(Answer answer) {
			this.size++;
			keepSlowest(answer);
		}

		void add(Group next) {
			this.size += next.size;
			keepSlowest(next.slowest);
		}

		private void keepSlowest(Answer answer) {
			if (answer.latencyNanos() > this.slowest.latencyNanos()) {
				this.slowest = answer;
			}
		}

	}

}
