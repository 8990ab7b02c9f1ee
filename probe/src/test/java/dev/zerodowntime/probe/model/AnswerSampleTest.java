package dev.zerodowntime.probe.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AnswerSampleTest {

	@Test
	void keepsAllWhileTheyAreFew() {
		AnswerSample sample = new AnswerSample(100);
		List<Answer> added = add(sample, 100);
		assertThat(sample.answers()).containsExactlyElementsOf(added);
	}

	@Test
	void keepsTheSlowestAndTheOrderOfMany() {
		for (int count : List.of(101, 199, 1000, 123_456)) {
			AnswerSample sample = new AnswerSample(100);
			List<Answer> added = add(sample, count);
			Answer slowest = added.stream().max(Comparator.comparingLong(Answer::latencyNanos)).orElseThrow();
			assertThat(sample.answers()).as("of %d", count)
				.hasSizeBetween(count == 101 ? 26 : 30, 100)
				.startsWith(added.get(0))
				.contains(slowest)
				.isSubsetOf(added)
				.isSortedAccordingTo(Comparator.comparingLong(Answer::slot));
			// All over the time, not only its beginning
			assertThat(sample.answers().get(sample.answers().size() / 2).slot()).isBetween(count / 5L, count * 4L / 5);
		}
	}

	/** The latency goes up and down, with one that is slower than all. */
	private static List<Answer> add(AnswerSample sample, int count) {
		List<Answer> added = new ArrayList<>();
		for (int slot = 0; slot < count; slot++) {
			long latency = (slot == count / 3) ? 10_000 : slot * 7919L % 1009;
			added.add(new Answer(ConnectionMode.FRESH, slot, slot, slot, slot + latency, null, null));
		}
		added.forEach(sample::add);
		return added;
	}

}
