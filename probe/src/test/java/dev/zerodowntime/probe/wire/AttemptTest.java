package dev.zerodowntime.probe.wire;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.pacing.Schedule.Slot;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AttemptTest {

	private static final long TIMES = 200_000;

	private final AtomicReference<Attempt> current = new AtomicReference<>(attempt());

	private final AtomicLong postponed = new AtomicLong();

	private volatile boolean ended;

	/** After a stall the watchdog postpones what the sender sets at the same time. */
	@Test
	void aDeadlineIsNotLostWhenItIsPostponedAtTheSameTime() throws InterruptedException {
		Thread watchdog = new Thread(this::postpone);
		watchdog.start();
		long lost = 0;
		for (long i = 0; i < TIMES; i++) {
			Attempt attempt = attempt();
			this.current.set(attempt);
			for (long spin = i % 100; spin > 0; spin--) {
				Thread.onSpinWait();
			}
			attempt.setDeadline(2000);
			long before = this.postponed.get();
			while (this.postponed.get() < before + 2) {
				Thread.onSpinWait();
			}
			lost += (attempt.deadlineNanos() == 2000) ? 0 : 1;
		}
		this.ended = true;
		watchdog.join();
		assertThat(lost).as("deadlines that were overwritten").isZero();
	}

	private void postpone() {
		while (!this.ended) {
			this.current.get().postpone(100);
			this.postponed.incrementAndGet();
		}
	}

	private static Attempt attempt() {
		return new Attempt(new Slot(ConnectionMode.FRESH, 0, 0));
	}

}
