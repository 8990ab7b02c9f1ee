package dev.zerodowntime.lab.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.model.CommandResult;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.Event;
import dev.zerodowntime.probe.model.Slice;
import dev.zerodowntime.probe.model.Span;

/**
 * What the visitors of one rehearsal saw, as a picture (SVG): a lane for each connection
 * mode, coloured by the version that answered; above it, as high as their share, the
 * requests that were lost. Several strips share one scale, with the deploy's start at 0.
 */
final class Strip {

	private static final long BEFORE_MS = 3000;

	private static final int LEFT = 90;

	private static final int WIDTH = 800;

	private static final int LANE = 34;

	private static final int BAR = 8;

	private static final int LOST = 18;

	private static final int MOST_TICKS = 10;

	private static final int[] TICK_SECONDS = { 1, 2, 5, 10, 20, 30, 60, 120, 300, 600 };

	private final Measurement measurement;

	private final long spanMs;

	private final long startMs;

	/**
	 * Create a strip.
	 * @param measurement of a deploy
	 * @param spanMs how long after a deploy's start the scale reaches, see
	 * {@link #spanMs(Measurement)}
	 */
	Strip(Measurement measurement, long spanMs) {
		this.measurement = measurement;
		this.spanMs = spanMs;
		this.startMs = startMs(measurement);
	}

	/** From the deploy's start to the last request. */
	static long spanMs(Measurement measurement) {
		return measurement.report().durationMs() - startMs(measurement);
	}

	private static long startMs(Measurement measurement) {
		CommandResult command = measurement.report().command();
		return (command != null) ? command.fromMs() : 0;
	}

	String svg(String name) {
		List<ConnectionMode> modes = List.copyOf(this.measurement.report().modes().keySet());
		List<String> versions = this.measurement.slices()
			.versions()
			.stream()
			.filter((each) -> !each.isEmpty())
			.toList();
		int bottom = modes.size() * LANE;
		StringBuilder svg = new StringBuilder(
				"<svg class=\"strip\" viewBox=\"0 0 1000 %d\" role=\"img\" aria-label=\"%s\">\n".formatted(bottom + 24,
						Html.escape(name)));
		for (Event event : this.measurement.report().events()) {
			svg.append("<path class=\"event\" d=\"M%1$s 4V%2$d\"><title>%3$s s: %4$s</title></path>\n"
				.formatted(x(event.atMs()), bottom + 2, seconds(event.atMs()), Html.escape(event.name())));
		}
		for (int i = 0; i < modes.size(); i++) {
			lane(svg, modes.get(i), versions, i * LANE);
		}
		ticks(svg, bottom);
		return svg.append("</svg>\n").toString();
	}

	private void lane(StringBuilder svg, ConnectionMode mode, List<String> versions, int top) {
		long dropped = this.measurement.report().modes().get(mode).dropped();
		svg.append("<text x=\"%d\" y=\"%d\" class=\"mode\">%s</text>\n".formatted(LEFT - 8, top + 28, mode.label()));
		svg.append("<text x=\"%d\" y=\"%d\" class=\"%s\">%d lost</text>\n".formatted(LEFT + WIDTH + 8, top + 28,
				(dropped > 0) ? "lost" : "none", dropped));
		Run run = null;
		for (Slice slice : slices(mode)) {
			if (slice.lost() > 0) {
				lost(svg, slice, top);
			}
			String version = (slice.lastVersion() != null) ? slice.lastVersion() : "";
			if (run != null && run.version().equals(version)) {
				run = run.until(slice);
			}
			else {
				bar(svg, run, versions, top);
				run = new Run(slice.fromMs(), slice.toMs(), version);
			}
		}
		bar(svg, run, versions, top);
	}

	private void bar(StringBuilder svg, Run run, List<String> versions, int top) {
		if (run == null || run.version().isEmpty()) {
			return;
		}
		svg.append("<rect class=\"answer v%d\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"><title>%s</title></rect>\n"
			.formatted(Math.min(versions.indexOf(run.version()), 2), x(run.fromMs()), top + LOST + 2,
					width(run.toMs() - run.fromMs()), BAR, Html.escape(run.version())));
	}

	private void lost(StringBuilder svg, Slice slice, int top) {
		double height = Math.max(3, LOST * (double) slice.lost() / slice.sent());
		String kinds = slice.lostByKind()
			.entrySet()
			.stream()
			.map((kind) -> kind.getKey() + " " + kind.getValue())
			.collect(Collectors.joining(", "));
		svg.append("<rect class=\"drop\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"><title>%s s: %d of %d lost (%s)"
			.formatted(x(slice.fromMs()), number(top + LOST - height), number(Math.max(2, widthOf(Slice.LENGTH_MS))),
					number(height), seconds(slice.firstLostMs()), slice.lost(), slice.sent(), kinds))
			.append(phase(slice.firstLostMs()))
			.append("</title></rect>\n");
	}

	/** What the deploy was doing. */
	private String phase(long atMs) {
		return this.measurement.report()
			.phaseAt(atMs)
			.map((event) -> ", after: " + Html.escape(event.name()))
			.orElse("");
	}

	private List<Slice> slices(ConnectionMode mode) {
		return this.measurement.slices().of(mode, new Span(Math.max(0, this.startMs - BEFORE_MS), Long.MAX_VALUE));
	}

	private void ticks(StringBuilder svg, int bottom) {
		long each = 0;
		for (int candidate : TICK_SECONDS) {
			each = TimeUnit.SECONDS.toMillis(candidate);
			if (this.spanMs / each <= MOST_TICKS) {
				break;
			}
		}
		for (long at = 0; at <= this.spanMs; at += each) {
			svg.append("<text class=\"tick\" x=\"%s\" y=\"%d\">%d%s</text>\n".formatted(x(this.startMs + at),
					bottom + 18, TimeUnit.MILLISECONDS.toSeconds(at), (at == 0) ? " s" : ""));
		}
	}

	private String x(long atMs) {
		return number(LEFT + widthOf(atMs - this.startMs + BEFORE_MS));
	}

	private String width(long ms) {
		return number(widthOf(ms));
	}

	private double widthOf(long ms) {
		return (double) ms * WIDTH / (this.spanMs + BEFORE_MS);
	}

	private String seconds(long atMs) {
		return String.format(Locale.ROOT, "%.1f", (atMs - this.startMs) / 1000.0);
	}

	private static String number(double number) {
		return String.format(Locale.ROOT, "%.1f", number);
	}

	/**
	 * Slices that follow each other and have the same version.
	 *
	 * @param fromMs when the first one begins
	 * @param toMs when the last one ends
	 * @param version that gave the last correct answer, empty if there was none
	 */
	private record Run(long fromMs, long toMs, String version) {

		Run until(Slice later) {
			return new Run(this.fromMs, later.toMs(), this.version);
		}

	}

}
