package dev.zerodowntime.probe.verdict;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.DropKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** One request every 10 ms. */
class LongestOutageTest {

	private final LongestOutage outage = new LongestOutage(Duration.ofSeconds(1));

	@Test
	void anOutageThatLastsReachesToTheLatestLostRequest() {
		assertThat(this.outage.lengthMs()).isZero();
		add(0, null);
		assertThat(this.outage.lengthMs()).isZero();
		add(1, DropKind.CLOSED);
		assertThat(this.outage.lengthMs()).isEqualTo(10);
		add(2, DropKind.CLOSED);
		assertThat(this.outage.lengthMs()).isEqualTo(20);
		add(3, null);
		assertThat(this.outage.lengthMs()).isEqualTo(30);
		add(4, DropKind.CLOSED);
		add(5, null);
		assertThat(this.outage.lengthMs()).isEqualTo(30);
	}

	@Test
	void anAnswerThatComesEarlyCountsInItsTurn() {
		add(0, null);
		add(2, null);
		add(3, DropKind.CLOSED);
		assertThat(this.outage.lengthMs()).isZero();
		add(1, DropKind.CLOSED);
		assertThat(this.outage.lengthMs()).isEqualTo(20);
	}

	private void add(long slot, @Nullable DropKind drop) {
		long due = TimeUnit.MILLISECONDS.toNanos(slot * 10);
		this.outage.add(new Answer(ConnectionMode.FRESH, slot, due, due, due + 1, drop, null));
	}

}
