package dev.zerodowntime.probe;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** The events of one run. Safe for use by several threads. */
final class EventLog implements Events {

	private final Clock clock;

	private final List<Event> events = new CopyOnWriteArrayList<>();

	private final @Nullable String judgeFrom;

	private volatile long judgedFromNanos = Long.MAX_VALUE;

	/**
	 * Create a log.
	 * @param clock the measurement's
	 * @param judgeFrom how the name of the event begins from which on limits judge
	 */
	EventLog(Clock clock, @Nullable String judgeFrom) {
		this.clock = clock;
		this.judgeFrom = judgeFrom;
	}

	@Override
	public void mark(String name) {
		long now = this.clock.now();
		this.events.add(new Event(TimeUnit.NANOSECONDS.toMillis(now), name));
		if (this.judgeFrom != null && name.startsWith(this.judgeFrom)) {
			this.judgedFromNanos = Math.min(this.judgedFromNanos, now);
		}
	}

	@Override
	public long nowMs() {
		return TimeUnit.NANOSECONDS.toMillis(this.clock.now());
	}

	/** From when on limits judge: {@code Long.MAX_VALUE} before the event. */
	long judgedFromNanos() {
		return (this.judgeFrom != null) ? this.judgedFromNanos : Long.MIN_VALUE;
	}

	/** The same in milliseconds; 0 without such an event. */
	long judgedFromMs() {
		long nanos = this.judgedFromNanos;
		return (nanos != Long.MAX_VALUE) ? TimeUnit.NANOSECONDS.toMillis(nanos) : 0;
	}

	List<Event> all() {
		return List.copyOf(this.events);
	}

}
