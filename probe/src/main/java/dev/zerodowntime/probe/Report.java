package dev.zerodowntime.probe;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What a measurement found. Written as JSON its names become snake case
 * ({@code rate_per_s}); the documented keys do not change.
 *
 * @param url what was asked for
 * @param ratePerS requests per second in each mode
 * @param startedAt when counting began
 * @param durationMs how long requests were sent
 * @param trusted whether the sender kept its schedule; if not there is no verdict
 * @param problems why it is not trusted, empty if it is
 * @param warmup what was sent before counting began
 * @param modes the verdict on each mode that was measured
 * @param events what happened meanwhile
 * @param command the command that was measured, {@code null} without one
 * @param labels what whoever measured says about it, such as {@code commit=1a2b3c}
 * @param machine what the probe's own machine had to spare, {@code null} if nobody asked
 * it: reports of older versions do not contain it
 * @param requests what became of each, where several were sent in turn; {@code null}
 * where there was one
 * @param judged the part that limits judge, {@code null} if that is the whole run
 * @param steadyMs when the service was steady after the command, {@code null} without a
 * command or if it was not
 * @param settings what decided whether a request was lost, {@code null} in older reports
 * @param formatVersion {@link #FORMAT_VERSION}, {@code null} in older reports
 */
public record Report(String url, double ratePerS, Instant startedAt, long durationMs, boolean trusted,
		List<String> problems, Warmup warmup, Map<ConnectionMode, ModeReport> modes, List<Event> events,
		@Nullable CommandResult command, Map<String, String> labels, @Nullable Machine machine,
		@Nullable List<RequestReport> requests, @Nullable Judged judged, @Nullable Long steadyMs,
		@Nullable Settings settings, @Nullable Integer formatVersion) {

	/** The version of the report's format. Reports without one are older. */
	public static final int FORMAT_VERSION = 2;

	/**
	 * A request sent more than this many milliseconds after its due time is late. About
	 * what a network adds by itself: less than this changes no count, and moves an outage
	 * by no more than it.
	 */
	public static final long LATE_MS = 50;

	/** More than this share of late requests in a mode, and the run is not trusted. */
	public static final double LATE_SHARE = 0.01;

	/**
	 * Fewer late requests than this are one hiccup of the machine, in runs of any length.
	 */
	public static final long LATE_LEAST = 6;

	public Report {
		problems = List.copyOf(problems);
		events = List.copyOf(events);
		Map<ConnectionMode, ModeReport> ordered = new EnumMap<>(ConnectionMode.class);
		ordered.putAll(modes);
		modes = Collections.unmodifiableMap(ordered);
		labels = Collections.unmodifiableMap(new TreeMap<>(labels));
		requests = (requests != null) ? List.copyOf(requests) : null;
	}

	/**
	 * Create a report that does not say anything about the machine.
	 */
	public Report(String url, double ratePerS, Instant startedAt, long durationMs, boolean trusted,
			List<String> problems, Warmup warmup, Map<ConnectionMode, ModeReport> modes, List<Event> events,
			@Nullable CommandResult command, Map<String, String> labels) {
		this(url, ratePerS, startedAt, durationMs, trusted, problems, warmup, modes, events, command, labels, null,
				null, null, null, null, FORMAT_VERSION);
	}

	/**
	 * Lost requests that a limit has to judge: all, or those since an event.
	 * @return their number
	 */
	public long judgedDrops() {
		return (this.judged != null) ? this.judged.dropped() : totalDropped();
	}

	/**
	 * Requests lost over all modes.
	 * @return their number
	 */
	public long totalDropped() {
		return this.modes.values().stream().mapToLong(ModeReport::dropped).sum();
	}

	/**
	 * What was going on at a moment: the last event up to then.
	 * @param atMs milliseconds from when counting began
	 * @return the event, empty before the first one
	 */
	public Optional<Event> phaseAt(long atMs) {
		return this.events.stream().filter((event) -> event.atMs() <= atMs).reduce((earlier, later) -> later);
	}

}
