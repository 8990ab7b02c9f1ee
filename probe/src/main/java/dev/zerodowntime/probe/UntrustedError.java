package dev.zerodowntime.probe;

import dev.zerodowntime.probe.model.Report;

/**
 * What {@link ReportAssert} throws of a run whose counts mean nothing: the probe could
 * not keep its schedule. It says nothing about the server that was measured.
 */
public final class UntrustedError extends AssertionError {

	private static final long serialVersionUID = 1;

	private final transient Report report;

	UntrustedError(Report report) {
		super("the run cannot be trusted: " + String.join("; ", report.problems())
				+ ((report.totalDropped() > 0) ? "; and it lost " + report.totalDropped() + " requests" : ""));
		this.report = report;
	}

	/**
	 * The report of the run.
	 * @return it, with its {@link Report#problems() problems}
	 */
	public Report report() {
		return this.report;
	}

}
