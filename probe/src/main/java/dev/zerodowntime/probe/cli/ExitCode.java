package dev.zerodowntime.probe.cli;

/** What the command exits with. */
final class ExitCode {

	/** No more was lost than {@code --max-dropped} allows, and the command succeeded. */
	static final int OK = 0;

	/** More was lost, or the measured command failed. */
	static final int LOST = 1;

	/** The command line is wrong; nothing was measured. */
	static final int USAGE = 2;

	/**
	 * The run cannot be trusted, or a report could not be written, or the probe itself
	 * failed; there is no verdict.
	 */
	static final int UNTRUSTED = 3;

	private ExitCode() {
	}

}
