package dev.zerodowntime.probe.pacing;

import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.model.ConnectionMode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScheduleTest {

	@Test
	void requestIIsDueAtStartPlusIOverRate() {
		Schedule schedule = new Schedule(500, 100, List.of(ConnectionMode.FRESH));
		assertThat(schedule.slot(0).dueNanos()).isEqualTo(500);
		assertThat(schedule.slot(7).dueNanos()).isEqualTo(500 + TimeUnit.MILLISECONDS.toNanos(70));
	}

	@Test
	void theRateIsPerModeAndTheModesTakeTurns() {
		Schedule schedule = new Schedule(0, 100, List.of(ConnectionMode.values()));
		assertThat(schedule.slot(0).mode()).isEqualTo(ConnectionMode.FRESH);
		assertThat(schedule.slot(1).mode()).isEqualTo(ConnectionMode.KEEP_ALIVE);
		assertThat(schedule.slot(1).dueNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(5));
		assertThat(schedule.slot(2).number()).isEqualTo(1);
		assertThat(schedule.slot(200).dueNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(1));
	}

	@Test
	void anOddRateDoesNotDriftInADay() {
		Schedule schedule = new Schedule(0, 300, List.of(ConnectionMode.FRESH));
		assertThat(schedule.slot(300L * 86_400).dueNanos()).isEqualTo(TimeUnit.DAYS.toNanos(1));
	}

}
