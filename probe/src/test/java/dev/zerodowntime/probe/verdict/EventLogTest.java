package dev.zerodowntime.probe.verdict;

import java.util.List;

import dev.zerodowntime.probe.model.Event;
import dev.zerodowntime.probe.pacing.Clock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EventLogTest {

	@Test
	void veryManyEventsDoNotFillTheMemory() {
		EventLog log = new EventLog(new Clock(), null, () -> 0);
		for (int i = 0; i < 2 * EventLog.MAX_EVENTS; i++) {
			log.mark("event " + i);
		}
		List<Event> events = log.all();
		assertThat(events).hasSize(EventLog.MAX_EVENTS);
		assertThat(events.get(EventLog.MAX_EVENTS - 2).name()).isEqualTo("event " + (EventLog.MAX_EVENTS - 2));
		assertThat(events.get(EventLog.MAX_EVENTS - 1).name()).isEqualTo("(later events are left out)");
	}

}
