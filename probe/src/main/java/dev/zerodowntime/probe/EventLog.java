package dev.zerodowntime.probe;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The events of one run. Safe for use by several threads. */
final class EventLog implements Events {

	private final Clock clock;

	private final List<Event> events = new CopyOnWriteArrayList<>();

	EventLog(Clock clock) {
		this.clock = clock;
	}

	@Override
	public void mark(String name) {
		this.events.add(new Event(nowMs(), name));
	}

	@Override
	public long nowMs() {
		return TimeUnit.NANOSECONDS.toMillis(this.clock.now());
	}

	List<Event> all() {
		return List.copyOf(this.events);
	}

}
