package dev.zerodowntime.probe.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import dev.zerodowntime.probe.model.Event;
import dev.zerodowntime.probe.model.Events;
import dev.zerodowntime.probe.pacing.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The events of one run, at most {@value #MAX_EVENTS}: a command that prints an event in
 * each line must not fill the memory. Safe for use by several threads.
 */
public final class EventLog implements Events {

	static final int MAX_EVENTS = 10_000;

	private final Clock clock;

	private final List<Event> events = new ArrayList<>();

	private final @Nullable String judgeFrom;

	private final LongSupplier beginJudging;

	/**
	 * Create a log.
	 * @param clock the measurement's
	 * @param judgeFrom how the name of the event begins from which on limits judge
	 * @param beginJudging what is called at each such event: returns the time, in
	 * nanoseconds
	 */
	public EventLog(Clock clock, @Nullable String judgeFrom, LongSupplier beginJudging) {
		this.clock = clock;
		this.judgeFrom = judgeFrom;
		this.beginJudging = beginJudging;
	}

	@Override
	public synchronized void mark(String name) {
		boolean judges = this.judgeFrom != null && name.startsWith(this.judgeFrom);
		long now = judges ? this.beginJudging.getAsLong() : this.clock.now();
		if (this.events.size() == MAX_EVENTS - 1) {
			this.events.add(new Event(TimeUnit.NANOSECONDS.toMillis(now), "(later events are left out)"));
		}
		else if (this.events.size() < MAX_EVENTS) {
			this.events.add(new Event(TimeUnit.NANOSECONDS.toMillis(now), name));
		}
	}

	@Override
	public long nowMs() {
		return TimeUnit.NANOSECONDS.toMillis(this.clock.now());
	}

	public synchronized List<Event> all() {
		return List.copyOf(this.events);
	}

}
