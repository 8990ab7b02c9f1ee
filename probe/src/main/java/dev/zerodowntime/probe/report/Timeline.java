package dev.zerodowntime.probe.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.Event;
import dev.zerodowntime.probe.model.Slice;
import dev.zerodowntime.probe.model.Slices;
import dev.zerodowntime.probe.model.Span;

/**
 * What happened when, in characters: each one stands for a stretch of time, to a tenth of
 * a second.
 */
final class Timeline {

	private static final int LABEL = 13;

	private static final int LEAST_BETWEEN_TICKS = 7;

	private static final long[] TICKS_S = { 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600 };

	private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

	private static final Style[] VERSION_COLOURS = { Style.BLUE, Style.YELLOW, Style.GREEN };

	private final Pen pen;

	private final Collection<ConnectionMode> modes;

	private final Slices slices;

	private final List<Event> events;

	private final Span span;

	private final int cells;

	private final double cellMs;

	private final List<String> versions;

	private final Map<ConnectionMode, List<Span>> blind;

	/**
	 * Create a timeline.
	 * @param pen for one terminal
	 * @param modes a line each
	 * @param slices what became of the requests
	 * @param events in their order
	 * @param span what is shown; events outside of it are drawn at its ends
	 * @param versions that have answered so far, in their order: each keeps its line
	 * @param blind when a mode sent nothing
	 */
	Timeline(Pen pen, Collection<ConnectionMode> modes, Slices slices, List<Event> events, Span span,
			List<String> versions, Map<ConnectionMode, List<Span>> blind) {
		this.blind = blind;
		this.pen = pen;
		this.modes = modes;
		this.slices = slices;
		this.events = events;
		this.span = span;
		this.cells = pen.width() - LABEL;
		this.cellMs = Math.max(1, span.toMs() - span.fromMs()) / (double) this.cells;
		this.versions = versions;
	}

	static Timeline of(Pen pen, Measurement measurement) {
		Map<ConnectionMode, List<Span>> blind = new EnumMap<>(ConnectionMode.class);
		measurement.report().modes().forEach((mode, found) -> blind.put(mode, found.blind()));
		return new Timeline(pen, measurement.report().modes().keySet(), measurement.slices(),
				measurement.report().events(), new Span(0, measurement.report().durationMs()),
				measurement.slices().versions(), blind);
	}

	String render() {
		List<String> lines = new ArrayList<>();
		this.modes.forEach((mode) -> lines.add(modeLine(mode)));
		String drawn = String.join("", lines);
		lines.add(axis());
		if (!this.events.isEmpty()) {
			lines.add(markers());
		}
		lines.add(key(drawn));
		for (int i = 0; i < Math.min(this.events.size(), LETTERS.length()); i++) {
			Event event = this.events.get(i);
			lines.add(Pen.left("", LABEL) + LETTERS.charAt(i) + " " + Pen.right(Pen.seconds(event.atMs()), 7) + " s  "
					+ Pen.tame(event.name()));
		}
		if (this.events.size() > LETTERS.length()) {
			lines.add(Pen.left("", LABEL) + "and " + (this.events.size() - LETTERS.length()) + " more events");
		}
		return String.join("\n", lines);
	}

	private String modeLine(ConnectionMode mode) {
		long[] lost = new long[this.cells];
		List<Set<String>> answered = new ArrayList<>();
		for (int i = 0; i < this.cells; i++) {
			answered.add(new TreeSet<>());
		}
		for (Slice slice : this.slices.of(mode, this.span)) {
			int first = cell(slice.fromMs());
			// Where a cell is shorter than a slice, all that it touches
			int last = (this.cellMs < Slice.LENGTH_MS) ? cell(slice.toMs() - 1) : first;
			for (int cell = first; cell <= last; cell++) {
				answered.get(cell).addAll(slice.okByVersion().keySet());
				lost[cell] += slice.lost();
			}
		}
		StringBuilder line = new StringBuilder(this.pen.paint(Pen.left(mode.label(), LABEL), Style.BOLD));
		String cell = " ";
		for (int i = 0; i < this.cells; i++) {
			if (lost[i] > 0 || !answered.get(i).isEmpty()) {
				cell = cell(lost[i], answered.get(i));
			}
			// Nothing was due: as far as is known, all is as before.
			line.append((lost[i] == 0 && isBlind(mode, i)) ? nothingSent() : cell);
		}
		return line.toString();
	}

	/** Whether the probe sent nothing in the whole of this cell. */
	private boolean isBlind(ConnectionMode mode, int cell) {
		double fromMs = this.span.fromMs() + cell * this.cellMs;
		return this.blind.getOrDefault(mode, List.of())
			.stream()
			.anyMatch((span) -> span.fromMs() <= fromMs && fromMs + this.cellMs <= span.toMs());
	}

	private String cell(long lost, Set<String> answeredBy) {
		if (lost > 0) {
			return answeredBy.isEmpty() ? allLost() : someLost();
		}
		return (answeredBy.size() > 1) ? severalVersions() : line(this.versions.indexOf(answeredBy.iterator().next()));
	}

	private String line(int version) {
		int which = version % VERSION_COLOURS.length;
		String glyph = switch (which) {
			case 0 -> this.pen.glyph("\u2500", "-");
			case 1 -> this.pen.glyph("\u2550", "=");
			default -> this.pen.glyph("\u2501", "+");
		};
		return this.pen.paint(glyph, VERSION_COLOURS[which]);
	}

	private String severalVersions() {
		return this.pen.paint(this.pen.glyph("\u2248", "~"), Style.MAGENTA);
	}

	private String someLost() {
		return this.pen.paint(this.pen.glyph("\u2584", "x"), Style.RED, Style.BOLD);
	}

	private String allLost() {
		return this.pen.paint(this.pen.glyph("\u2588", "X"), Style.RED, Style.BOLD);
	}

	private String nothingSent() {
		return this.pen.paint(this.pen.glyph("\u2591", "?"), Style.YELLOW);
	}

	private String axis() {
		long tick = Arrays.stream(TICKS_S)
			.map(TimeUnit.SECONDS::toMillis)
			.filter((ms) -> ms / this.cellMs >= LEAST_BETWEEN_TICKS)
			.findFirst()
			.orElse(TimeUnit.SECONDS.toMillis(TICKS_S[TICKS_S.length - 1]));
		StringBuilder axis = new StringBuilder();
		long first = (this.span.fromMs() + tick - 1) / tick * tick;
		for (long at = first; at < this.span.toMs(); at += tick) {
			axis.append(" ".repeat(Math.max(0, cell(at) - axis.length()))).append(TimeUnit.MILLISECONDS.toSeconds(at));
		}
		return Pen.left("", LABEL) + this.pen.paint(axis + " s", Style.FAINT);
	}

	/** A letter under each event, moved to the right when its place is taken. */
	private String markers() {
		StringBuilder line = new StringBuilder();
		for (int i = 0; i < Math.min(this.events.size(), LETTERS.length()); i++) {
			int cell = Math.max(cell(this.events.get(i).atMs()), line.length());
			line.append(" ".repeat(cell - line.length())).append(LETTERS.charAt(i));
		}
		return Pen.left("events", LABEL) + line;
	}

	/** Explains the characters that were drawn. */
	private String key(String drawn) {
		List<String> parts = new ArrayList<>();
		for (int i = 0; i < this.versions.size(); i++) {
			String name = this.versions.get(i);
			parts.add(line(i) + " " + (name.isEmpty() ? "answered" : Pen.tame(name)));
		}
		Map<String, String> others = new LinkedHashMap<>();
		others.put(severalVersions(), "several versions");
		others.put(someLost(), "some lost");
		others.put(allLost(), "all lost");
		others.put(nothingSent(), "blind");
		others.forEach((glyph, meaning) -> {
			if (drawn.contains(glyph)) {
				parts.add(glyph + " " + meaning);
			}
		});
		return Pen.left("", LABEL) + String.join("   ", parts);
	}

	private int cell(long ms) {
		return (int) Math.max(0, Math.min(this.cells - 1, Math.floor((ms - this.span.fromMs()) / this.cellMs)));
	}

}
