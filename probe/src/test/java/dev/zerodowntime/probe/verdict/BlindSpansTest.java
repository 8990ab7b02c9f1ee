package dev.zerodowntime.probe.verdict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import dev.zerodowntime.probe.model.Span;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BlindSpansTest {

	@Test
	void aRequestWhoseOutcomeComesLaterEndsAStretch() {
		BlindSpans blind = new BlindSpans(100);
		blind.sent(0);
		blind.sent(500);
		assertThat(blind.all(500)).containsExactly(new Span(0, 500));
		blind.sent(380);
		assertThat(blind.all(500)).containsExactly(new Span(0, 380), new Span(380, 500));
		blind.sent(90);
		assertThat(blind.all(500)).containsExactly(new Span(90, 380), new Span(380, 500));
		blind.sent(420);
		assertThat(blind.all(601)).containsExactly(new Span(90, 380), new Span(500, 601));
	}

	@Test
	void theOrderOfTheOutcomesChangesNothing() {
		Random random = new Random(7);
		for (int run = 0; run < 100; run++) {
			List<Long> sent = new ArrayList<>(random.longs(60, 0, 5000).boxed().toList());
			List<Long> sorted = sent.stream().sorted().toList();
			List<Span> expected = new ArrayList<>();
			long from = 0;
			for (long to : sorted) {
				if (to - from > 100) {
					expected.add(new Span(from, to));
				}
				from = to;
			}
			Collections.shuffle(sent, random);
			BlindSpans blind = new BlindSpans(100);
			sent.forEach(blind::sent);
			assertThat(blind.all(from)).isEqualTo(expected);
		}
	}

}
