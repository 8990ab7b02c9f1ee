package dev.zerodowntime.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.Event;
import dev.zerodowntime.probe.model.Latency;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.model.Outage;
import dev.zerodowntime.probe.model.Report;
import org.jspecify.annotations.Nullable;

/**
 * Assertions for tests. Each of them fails with an {@link UntrustedError} if the run is
 * not trusted, because then nothing is known, and with an {@link AssertionError} if no
 * request was sent. The messages name kinds and times: how many requests were lost, in
 * which mode, when, and what the deployment did meanwhile.
 *
 * <pre>
 * ReportAssert.assertThat(measurement)
 *     .lostNothing()
 *     .p99AtMost(Duration.ofMillis(300))
 *     .answeredBy("v1", "v2");
 * </pre>
 *
 * Immutable. Needs no assertion library; {@code assertThat} may be imported beside
 * AssertJ's.
 */
public final class ReportAssert {

	private static final int MAX_OUTAGES = 5;

	private static final double NANOS_PER_MS = 1e6;

	private final Report report;

	private final Map<ConnectionMode, ModeReport> modes;

	private ReportAssert(Report report, Map<ConnectionMode, ModeReport> modes) {
		this.report = report;
		this.modes = modes;
	}

	/**
	 * Begins to assert.
	 * @param measurement what was found
	 * @return its assertions
	 */
	public static ReportAssert assertThat(Measurement measurement) {
		return assertThat(measurement.report());
	}

	/**
	 * Begins to assert.
	 * @param report the verdict
	 * @return its assertions
	 */
	public static ReportAssert assertThat(Report report) {
		return new ReportAssert(report, report.modes());
	}

	/**
	 * Returns assertions about the requests of one mode.
	 * @param mode such as {@link ConnectionMode#KEEP_ALIVE}
	 * @return assertions about that mode only
	 * @throws AssertionError if the mode was not measured
	 */
	public ReportAssert on(ConnectionMode mode) {
		ModeReport found = this.report.modes().get(mode);
		if (found == null) {
			throw new AssertionError("no " + mode + " requests were measured");
		}
		return new ReportAssert(this.report, Map.of(mode, found));
	}

	/**
	 * Passes if the sender kept its schedule, so that the counts mean something.
	 * @return this
	 * @throws UntrustedError if not
	 */
	public ReportAssert isTrusted() {
		if (!this.report.trusted()) {
			throw new UntrustedError(this.report);
		}
		return this;
	}

	/**
	 * Passes if the run is trusted, requests were sent in every mode, and no more of them
	 * than this were lost, over all modes (those that {@link #on} selects).
	 * @param most how many may be lost
	 * @return this
	 * @throws AssertionError if more were lost, or if that cannot be known
	 */
	public ReportAssert lostAtMost(long most) {
		requireEvidence();
		if (dropped() > most) {
			throw new AssertionError("expected at most " + most + " lost, but " + describe());
		}
		return this;
	}

	/**
	 * Passes if the run is trusted, requests were sent in every mode, and none was lost.
	 * @return this
	 * @throws AssertionError if one was lost, or if that cannot be known
	 */
	public ReportAssert lostNothing() {
		return lostAtMost(0);
	}

	/**
	 * Passes if the run is trusted and requests were lost in every mode: for lessons
	 * whose point is the loss.
	 * @return this
	 * @throws AssertionError if a mode lost none, or if that cannot be known
	 */
	public ReportAssert lostSomethingInEveryMode() {
		requireEvidence();
		this.modes.forEach((mode, found) -> {
			if (found.dropped() == 0) {
				throw new AssertionError("expected " + mode + " requests to be lost, but " + describe());
			}
		});
		return this;
	}

	/**
	 * Passes if no outage was longer than this, in any mode. An outage lasts from when
	 * the last good request before it was due to when the first good one after it was
	 * sent.
	 * @param longest how long an outage may be, 0 or more
	 * @return this
	 * @throws AssertionError if one was longer, or if that cannot be known
	 */
	public ReportAssert outageAtMost(Duration longest) {
		requireEvidence();
		this.modes.forEach((mode, found) -> {
			long ms = found.outages().stream().mapToLong(Outage::lengthMs).max().orElse(0);
			if (ms > longest.toMillis()) {
				throw new AssertionError("expected no outage longer than " + seconds(longest.toMillis()) + " s (" + mode
						+ "), but one lasted " + seconds(ms) + " s; " + describe());
			}
		});
		return this;
	}

	/**
	 * Passes if, in each mode, 99 % of the correct answers took no longer than this. They
	 * are those from the start of the action until the service was steady, or all of the
	 * run without an action.
	 * @param longest how long they may take from the due time
	 * @return this
	 * @throws AssertionError if they took longer, if there was no correct answer, or if
	 * that cannot be known
	 */
	public ReportAssert p99AtMost(Duration longest) {
		requireEvidence();
		double limit = longest.toNanos() / NANOS_PER_MS;
		this.modes.forEach((mode, found) -> {
			Latency latency = duringAction(found);
			if (latency == null) {
				throw new AssertionError("there is no p99: no correct answer (" + mode + "); " + describe());
			}
			if (latency.p99() > limit) {
				throw new AssertionError(
						String.format(Locale.ROOT, "expected a p99 of at most %.1f ms (%s), but it was %.1f ms; %s",
								limit, mode, latency.p99(), describe()));
			}
		});
		return this;
	}

	/**
	 * Passes if, in each mode, correct answers came from each of these versions and from
	 * no other one.
	 * @param versions as the version header names them
	 * ({@link ProbeBuilder#versionHeader}); at least one
	 * @return this
	 * @throws AssertionError if a version gave no answer or another one did, or if that
	 * cannot be known
	 */
	public ReportAssert answeredBy(String... versions) {
		requireEvidence();
		this.modes.forEach((mode, found) -> {
			if (!found.versions().keySet().equals(Set.of(versions))) {
				throw new AssertionError("expected answers of " + String.join(", ", versions) + " (" + mode + "), but "
						+ (found.versions().isEmpty() ? "no answer named its version"
								: "the answers came from " + String.join(", ", found.versions().keySet()))
						+ "; " + describe());
			}
		});
		return this;
	}

	/** Without an action there are neither latencies before nor during it. */
	private static @Nullable Latency duringAction(ModeReport found) {
		return (found.commandLatencyMs() == null && found.baselineLatencyMs() == null) ? found.latencyMs()
				: found.commandLatencyMs();
	}

	/** A run that is not trusted, or sent nothing, says nothing about what is lost. */
	private void requireEvidence() {
		isTrusted();
		if (this.modes.isEmpty()) {
			throw new AssertionError("no connection mode was measured");
		}
		this.modes.forEach((mode, found) -> {
			if (found.sent() == 0) {
				throw new AssertionError("no request was sent (" + mode + ")");
			}
		});
	}

	private long dropped() {
		return this.modes.values().stream().mapToLong(ModeReport::dropped).sum();
	}

	private String describe() {
		List<String> lines = new ArrayList<>();
		lines.add("lost " + dropped() + " requests to " + this.report.url());
		this.modes.forEach((mode, found) -> lines.add("  " + mode + ": " + describe(found)));
		for (Event event : this.report.events()) {
			lines.add("  at " + seconds(event.atMs()) + " s: " + event.name());
		}
		return String.join("\n", lines);
	}

	private static String describe(ModeReport found) {
		StringBuilder text = new StringBuilder("lost " + found.dropped() + " of " + found.sent());
		List<String> kinds = new ArrayList<>();
		for (Map.Entry<String, Long> kind : found.dropsByKind().entrySet()) {
			kinds.add(kind.getValue() + " " + kind.getKey());
		}
		if (!kinds.isEmpty()) {
			text.append(" (").append(String.join(", ", kinds)).append(')');
		}
		found.outages()
			.stream()
			.limit(MAX_OUTAGES)
			.forEach((outage) -> text.append(", ")
				.append(outage.dropped())
				.append(" from ")
				.append(seconds(outage.fromMs()))
				.append(" to ")
				.append(seconds(outage.toMs()))
				.append(" s"));
		int more = found.outages().size() - MAX_OUTAGES;
		return text.append((more > 0) ? ", and in " + more + " more stretches" : "").toString();
	}

	private static String seconds(long ms) {
		return String.format(Locale.ROOT, "%.3f", ms / 1000.0);
	}

}
