package dev.zerodowntime.probe.report;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.Event;
import dev.zerodowntime.probe.model.Report;
import dev.zerodowntime.probe.model.Slices;
import dev.zerodowntime.probe.model.Span;

/**
 * The report for a person at a terminal. Loss is told by shape and word as well as by
 * colour. Texts have no line end at their end.
 */
public final class TerminalReport {

	/** Columns to use when the terminal's width is not known. */
	public static final int DEFAULT_WIDTH = 80;

	private static final int LEAST_WIDTH = 50;

	private final Pen pen;

	/**
	 * Create a report for one terminal.
	 * @param coloured whether it shows colours
	 * @param charset what it understands; box characters are replaced by ASCII where it
	 * lacks them
	 * @param width its columns; fewer than 50 are taken as 50
	 */
	public TerminalReport(boolean coloured, Charset charset, int width) {
		this.pen = new Pen(coloured, charset, Math.max(LEAST_WIDTH, width));
	}

	/**
	 * Creates a report for the terminal of this process, in the encoding of standard
	 * output.
	 * @param coloured whether it shows colours
	 * @param width its columns; fewer than 50 are taken as 50
	 * @return a report
	 */
	public static TerminalReport ofThisProcess(boolean coloured, int width) {
		return new TerminalReport(coloured, Charset.forName(System.getProperty("stdout.encoding",
				System.getProperty("native.encoding", Charset.defaultCharset().name()))), width);
	}

	/**
	 * Creates a report for files and tests: no colours, ASCII, 80 columns.
	 * @return a report
	 */
	public static TerminalReport plain() {
		return new TerminalReport(false, StandardCharsets.US_ASCII, DEFAULT_WIDTH);
	}

	/**
	 * Tells the numbers of each mode and, last, the verdict in a sentence.
	 * @param report the verdict
	 * @return several lines
	 */
	public String summary(Report report) {
		return new Summary(this.pen, report).render();
	}

	/**
	 * Tells the verdict alone.
	 * @param report the verdict
	 * @return one line
	 */
	public String verdict(Report report) {
		return new Summary(this.pen, report).verdict();
	}

	/**
	 * Draws what happened when: a line for each mode, then seconds, events and a key.
	 * @param measurement the verdict and its slices
	 * @return several lines
	 */
	public String timeline(Measurement measurement) {
		return Timeline.of(this.pen, measurement).render();
	}

	/**
	 * Draws a stretch of a measurement that still runs.
	 * @param slices what became of the requests so far
	 * @param events what happened in it
	 * @param span from when to when
	 * @param versions that have answered since the measurement began, in their order:
	 * each keeps its line
	 * @return several lines
	 */
	public String timeline(Slices slices, List<Event> events, Span span, List<String> versions) {
		return new Timeline(this.pen, List.of(ConnectionMode.values()), slices, events, span, versions, Map.of())
			.render();
	}

	/**
	 * Tells how far a running measurement has come.
	 * @param status a moment of it
	 * @return one line that fits the terminal
	 */
	public String live(LiveStatus status) {
		return status.render(this.pen);
	}

}
