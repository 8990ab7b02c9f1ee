package dev.zerodowntime.probe.cli;

import java.io.Console;
import java.io.PrintWriter;

import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.report.LiveStatus;
import dev.zerodowntime.probe.report.TerminalReport;
import picocli.CommandLine.Help.Ansi;

/**
 * Where a command prints: results on the output, all else on the error stream. Colours,
 * box characters and the live line appear only where there is a terminal that shows them;
 * {@code NO_COLOR} and {@code COLUMNS} are honoured.
 */
public final class Terminal {

	private static final String ERASE_LINE = "\r\033[2K";

	private final PrintWriter out;

	private final PrintWriter err;

	private final boolean interactive = isInteractive();

	private final TerminalReport report;

	private boolean liveLine;

	/**
	 * Create a terminal.
	 * @param out for results
	 * @param err for everything else
	 */
	public Terminal(PrintWriter out, PrintWriter err) {
		this.out = out;
		this.err = err;
		this.report = TerminalReport.ofThisProcess(Ansi.AUTO.enabled(), width());
	}

	boolean interactive() {
		return this.interactive;
	}

	/**
	 * Prints a result.
	 * @param text one or more lines
	 */
	public synchronized void result(String text) {
		eraseLive();
		this.out.println(text);
		this.out.flush();
	}

	/**
	 * Tells what begins now.
	 * @param text one line
	 */
	public synchronized void progress(String text) {
		eraseLive();
		this.err.println("==> " + text);
		this.err.flush();
	}

	/**
	 * Prints one line of the measured command's output.
	 * @param line without its end
	 */
	public synchronized void print(String line) {
		eraseLive();
		this.err.println("  | " + line);
		this.err.flush();
	}

	/** Replaces the line that tells how far the measurement has come. */
	synchronized void live(LiveStatus status) {
		eraseLive();
		this.err.print(this.report.live(status));
		this.err.flush();
		this.liveLine = true;
	}

	synchronized void eraseLive() {
		if (this.liveLine) {
			this.err.print(ERASE_LINE);
			this.err.flush();
			this.liveLine = false;
		}
	}

	/**
	 * Prints timeline, numbers and verdict.
	 * @param measurement what was found
	 */
	public void summary(Measurement measurement) {
		result(this.report.timeline(measurement) + "\n\n" + this.report.summary(measurement.report()));
	}

	/** From Java 22 on there is a console even where there is no terminal. */
	private static boolean isInteractive() {
		Console console = System.console();
		if (console == null || "dumb".equals(System.getenv("TERM"))) {
			return false;
		}
		try {
			return (boolean) Console.class.getMethod("isTerminal").invoke(console);
		}
		catch (ReflectiveOperationException ex) {
			return true;
		}
	}

	private static int width() {
		try {
			return Integer.parseInt(System.getenv().getOrDefault("COLUMNS", ""));
		}
		catch (NumberFormatException ex) {
			return TerminalReport.DEFAULT_WIDTH;
		}
	}

}
