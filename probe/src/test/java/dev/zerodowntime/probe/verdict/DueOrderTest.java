package dev.zerodowntime.probe.verdict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.ConnectionMode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** One request every 10 ms, of which each can take up to a second. */
class DueOrderTest {

	private final List<Long> passed = new ArrayList<>();

	private final DueOrder order = new DueOrder(ms(1000), (answer) -> this.passed.add(answer.slot()));

	@Test
	void anAnswerWaitsForThoseThatWereDueBeforeIt() {
		this.order.add(answer(1, 12));
		this.order.add(answer(2, 22));
		assertThat(this.passed).isEmpty();
		this.order.add(answer(0, 900));
		assertThat(this.passed).containsExactly(0L, 1L, 2L);
		assertThat(this.order.waiting()).isZero();
	}

	@Test
	void whateverTheOrderAllArePassedOnInDueOrder() {
		List<Answer> answers = new ArrayList<>(LongStream.range(0, 90).mapToObj((slot) -> answer(slot, 900)).toList());
		Collections.shuffle(answers, new Random(7));
		answers.forEach(this.order::add);
		assertThat(this.passed).containsExactlyElementsOf(LongStream.range(0, 90).boxed().toList());
	}

	@Test
	void aRequestWithoutAnOutcomeIsWaitedForNoLongerThanOneCanTake() {
		for (long slot = 1; slot < 10_000; slot++) {
			this.order.add(answer(slot, slot * 10 + 1));
			assertThat(this.order.waiting()).isLessThanOrEqualTo(101);
		}
		assertThat(this.passed).startsWith(1L, 2L).endsWith(9_999L).hasSize(9_999);
	}

	@Test
	void whatComesAfterThatIsPassedOnAtOnce() {
		this.order.add(answer(1, 11));
		this.order.add(answer(200, 2001));
		assertThat(this.passed).containsExactly(1L);
		this.order.add(answer(0, 2002));
		assertThat(this.passed).containsExactly(1L, 0L);
	}

	@Test
	void inTheEndNothingIsLeft() {
		this.order.add(answer(7, 71));
		this.order.add(answer(3, 72));
		this.order.end();
		assertThat(this.passed).containsExactly(3L, 7L);
	}

	private static Answer answer(long slot, long endMs) {
		long due = ms(slot * 10);
		return new Answer(ConnectionMode.FRESH, slot, due, due, ms(endMs), null, null);
	}

	private static long ms(long ms) {
		return TimeUnit.MILLISECONDS.toNanos(ms);
	}

}
