package dev.zerodowntime.probe.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What a measurement found. Written as JSON its names become snake case
 * ({@code rate_per_s}); the documented keys do not change.
 * <p>
 * Immutable. Only the probe implements it, so that later versions can add to it.
 */
public interface Report {

	/** The version of the report's format. Reports without one are older. */
	int FORMAT_VERSION = 2;

	/**
	 * A request sent more than this many milliseconds after its due time is late. About
	 * what a network adds by itself: less than this changes no count, and moves an outage
	 * by no more than it.
	 */
	long LATE_MS = 50;

	/** More than this share of late requests in a mode, and the run is not trusted. */
	double LATE_SHARE = 0.01;

	/**
	 * Fewer late requests than this are one hiccup of the machine, in runs of any length.
	 */
	long LATE_LEAST = 6;

	/**
	 * Returns what was asked for.
	 * @return the URL
	 */
	String url();

	/**
	 * Returns the rate of each mode.
	 * @return requests per second
	 */
	double ratePerS();

	/**
	 * Returns when counting began. All other times count from then.
	 * @return the time
	 */
	Instant startedAt();

	/**
	 * Returns how long requests were sent.
	 * @return milliseconds
	 */
	long durationMs();

	/**
	 * Returns whether the counts mean something. If not, there is no verdict.
	 * @return {@code false} if there are {@link #problems()}
	 */
	boolean trusted();

	/**
	 * Returns why the run is not trusted.
	 * @return a sentence each, unmodifiable; empty if it is trusted
	 */
	List<String> problems();

	/**
	 * Returns what was sent before counting began.
	 * @return the numbers
	 */
	Warmup warmup();

	/**
	 * Returns the verdict on each mode that was measured.
	 * @return the verdicts, unmodifiable
	 */
	Map<ConnectionMode, ModeReport> modes();

	/**
	 * Returns what happened meanwhile.
	 * @return in the order in which it was noted, unmodifiable
	 */
	List<Event> events();

	/**
	 * Returns the command that was measured.
	 * @return the command, {@code null} without one
	 */
	@Nullable CommandResult command();

	/**
	 * Returns what the run is labelled with, such as {@code commit=1a2b3c}.
	 * @return values by name, unmodifiable
	 */
	Map<String, String> labels();

	/**
	 * Returns what the probe's own machine had to spare.
	 * @return {@code null} in reports of older versions
	 */
	@Nullable Machine machine();

	/**
	 * Returns what became of each of several requests.
	 * @return unmodifiable; {@code null} if there was only one
	 */
	@Nullable List<RequestReport> requests();

	/**
	 * Returns the part that limits judge.
	 * @return {@code null} if that is the whole run
	 */
	@Nullable Judged judged();

	/**
	 * Returns when the service was steady after the measured action.
	 * @return milliseconds since counting began; {@code null} without an action, or if it
	 * was not
	 */
	@Nullable Long steadyMs();

	/**
	 * Returns what decided whether a request was lost.
	 * @return {@code null} in reports of older versions
	 */
	@Nullable Settings settings();

	/**
	 * Returns the version of the format.
	 * @return {@link #FORMAT_VERSION}, {@code null} in reports of older versions
	 */
	@Nullable Integer formatVersion();

	/**
	 * Lost requests that a limit has to judge: all, or those since an event.
	 * @return their number
	 */
	default long judgedDrops() {
		Judged judged = judged();
		return (judged != null) ? judged.dropped() : totalDropped();
	}

	/**
	 * Requests lost over all modes.
	 * @return their number
	 */
	default long totalDropped() {
		return modes().values().stream().mapToLong(ModeReport::dropped).sum();
	}

	/**
	 * What was going on at a moment: the last event up to then.
	 * @param atMs milliseconds from when counting began
	 * @return the event, empty before the first one
	 */
	default Optional<Event> phaseAt(long atMs) {
		return events().stream().filter((event) -> event.atMs() <= atMs).reduce((earlier, later) -> later);
	}

}
