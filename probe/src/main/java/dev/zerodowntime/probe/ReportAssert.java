package dev.zerodowntime.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Assertions for tests. What they throw names kinds and times: how many were lost, in
 * which mode, when, and what the deployment did meanwhile.
 */
public final class ReportAssert {

	private static final int MAX_OUTAGES = 5;

	private final Report report;

	private ReportAssert(Report report) {
		this.report = report;
	}

	/**
	 * Begins to assert.
	 * @param report the verdict
	 * @return its assertions
	 */
	public static ReportAssert assertThat(Report report) {
		return new ReportAssert(report);
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
	 * than this were lost, over all modes.
	 * @param most how many may be lost
	 * @return this
	 * @throws AssertionError if more were lost, or if that cannot be known
	 */
	public ReportAssert lostAtMost(long most) {
		requireEvidence();
		if (this.report.totalDropped() > most) {
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
		this.report.modes().forEach((mode, found) -> {
			if (found.dropped() == 0) {
				throw new AssertionError("expected " + mode + " requests to be lost, but " + describe());
			}
		});
		return this;
	}

	/** A run that is not trusted, or sent nothing, says nothing about what is lost. */
	private void requireEvidence() {
		isTrusted();
		if (this.report.modes().isEmpty()) {
			throw new AssertionError("no connection mode was measured");
		}
		this.report.modes().forEach((mode, found) -> {
			if (found.sent() == 0) {
				throw new AssertionError("no request was sent (" + mode + ")");
			}
		});
	}

	private String describe() {
		List<String> lines = new ArrayList<>();
		lines.add("lost " + this.report.totalDropped() + " requests to " + this.report.url());
		this.report.modes().forEach((mode, found) -> lines.add("  " + mode + ": " + describe(found)));
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
