package dev.zerodowntime.lab.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.Event;
import dev.zerodowntime.probe.model.Slice;
import dev.zerodowntime.probe.model.Slices;
import dev.zerodowntime.probe.model.Span;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One count, from zero to the next reset. Keeps the numbers of all of it, but only the
 * most recent answers and events, so that it may go on for long. Not for several threads.
 */
final class Round {

	/** Ten minutes of 200 requests per second and mode. */
	static final int MOST_ANSWERS = 240_000;

	static final int MOST_EVENTS = 500;

	private static final long NOW_MS = 5000;

	private static final long LIVE_MS = 1000;

	private static final double MICROS_PER_MS = 1000;

	private final int mostAnswers;

	private final Map<ConnectionMode, Lane> lanes = new EnumMap<>(ConnectionMode.class);

	private final Deque<Answer> answers = new ArrayDeque<>();

	private final Deque<Event> events = new ArrayDeque<>();

	private final Slices slices = new Slices();

	private final Histogram steadyMicros = new Histogram(3);

	private long firstEventMs = Long.MAX_VALUE;

	Round() {
		this(MOST_ANSWERS);
	}

	Round(int mostAnswers) {
		this.mostAnswers = mostAnswers;
		for (ConnectionMode mode : ConnectionMode.values()) {
			this.lanes.put(mode, new Lane());
		}
	}

	void add(Answer answer) {
		this.lanes.get(answer.mode()).add(answer);
		this.slices.add(answer);
		if (answer.ok() && answer.dueMs() < this.firstEventMs) {
			this.steadyMicros.recordValue(TimeUnit.NANOSECONDS.toMicros(answer.latencyNanos()));
		}
		this.answers.addLast(answer);
		if (this.answers.size() > this.mostAnswers) {
			this.answers.removeFirst();
		}
	}

	void add(Event event) {
		this.firstEventMs = Math.min(this.firstEventMs, event.atMs());
		this.events.addLast(event);
		if (this.events.size() > MOST_EVENTS) {
			this.events.removeFirst();
		}
	}

	/** In the order in which they came. */
	List<Answer> answers() {
		return List.copyOf(this.answers);
	}

	/** Those that were due from then on, in due order. */
	List<Answer> answersSince(long ms) {
		List<Answer> recent = new ArrayList<>();
		// An answer may come as late as its timeout after younger ones
		long come = TimeUnit.MILLISECONDS.toNanos(ms);
		for (Iterator<Answer> back = this.answers.descendingIterator(); back.hasNext();) {
			Answer answer = back.next();
			if (answer.endNanos() < come) {
				break;
			}
			if (answer.dueMs() >= ms) {
				recent.add(answer);
			}
		}
		recent.sort(Comparator.comparingLong(Answer::dueNanos));
		return recent;
	}

	List<Event> events() {
		return List.copyOf(this.events);
	}

	/** Of all of the count: it goes on being filled. */
	Slices slices() {
		return this.slices;
	}

	/** In the order of their first answer. */
	List<String> versions() {
		return this.slices.versions();
	}

	Scores scores(long nowMs) {
		Histogram nowMicros = new Histogram(3);
		for (Answer answer : answersSince(nowMs - NOW_MS)) {
			if (answer.ok()) {
				nowMicros.recordValue(TimeUnit.NANOSECONDS.toMicros(answer.latencyNanos()));
			}
		}
		Map<ConnectionMode, Scores.OfMode> modes = new EnumMap<>(ConnectionMode.class);
		this.lanes.forEach((mode, lane) -> modes.put(mode, lane.scores()));
		return new Scores(nowMs, modes, p99(nowMicros), p99(this.steadyMicros), live(nowMs));
	}

	/** Who answered in the last second, in the order of the versions. */
	private List<String> live(long nowMs) {
		Span lastSecond = new Span(Math.max(0, nowMs - LIVE_MS), Long.MAX_VALUE);
		Set<String> live = new HashSet<>();
		for (ConnectionMode mode : this.lanes.keySet()) {
			for (Slice slice : this.slices.of(mode, lastSecond)) {
				if (slice.fromMs() >= lastSecond.fromMs()) {
					live.addAll(slice.okByVersion().keySet());
				}
			}
		}
		return versions().stream().filter(live::contains).toList();
	}

	private static @Nullable Double p99(Histogram micros) {
		return (micros.getTotalCount() > 0) ? micros.getValueAtPercentile(99) / MICROS_PER_MS : null;
	}

	static String version(Answer answer) {
		return (answer.version() != null) ? answer.version() : "";
	}

}
