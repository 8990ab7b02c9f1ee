package dev.zerodowntime.probe.pacing;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SleepCheckTest {

	private long wallMs;

	private long nanos;

	private final SleepCheck check = new SleepCheck(() -> this.wallMs, () -> this.nanos);

	@Test
	void aMachineThatSleptIsNoticed() {
		pass(1000, 1000);
		pass(31_000, 1000);
		assertThat(this.check.problem()).hasValue("this machine was suspended, or its clock was set forward, for 30 s");
	}

	@Test
	void aBusyMachineAndAClockThatIsCorrectedAreNotASleep() {
		pass(60_000, 60_000);
		for (int i = 0; i < 3600; i++) {
			pass(1001, 1000);
		}
		pass(-5000, 1000);
		assertThat(this.check.problem()).isEmpty();
	}

	private void pass(long wall, long nano) {
		this.wallMs += wall;
		this.nanos += TimeUnit.MILLISECONDS.toNanos(nano);
		this.check.look();
	}

}
