package dev.zerodowntime.probe.report;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

import dev.zerodowntime.probe.ConnectionMode;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * A moment of a running measurement.
 *
 * @param elapsed since it began
 * @param phase what it does: {@code warm-up}, {@code baseline}, {@code command},
 * {@code settling}
 * @param sent requests sent so far, over all modes
 * @param dropped those lost so far
 * @param p99Ms the last second's 99th percentile of each mode, in milliseconds; empty if
 * it shall not be shown
 */
public record LiveStatus(Duration elapsed, String phase, long sent, long dropped, Map<ConnectionMode, Double> p99Ms) {

	private static final double MS_PER_S = 1000;

	public LiveStatus {
		p99Ms = Map.copyOf(p99Ms);
	}

	String render(Pen pen) {
		String start = String.format(Locale.ROOT, "%6.1f s  %-8s  %d sent  ", this.elapsed.toMillis() / MS_PER_S,
				this.phase, this.sent);
		String lost = this.dropped + " lost";
		StringJoiner rest = new StringJoiner(", ", "  p99 ", " ms").setEmptyValue("");
		for (ConnectionMode mode : ConnectionMode.values()) {
			if (this.p99Ms.containsKey(mode)) {
				rest.add(String.format(Locale.ROOT, "%s %.1f", mode, this.p99Ms.get(mode)));
			}
		}
		boolean fits = start.length() + lost.length() + rest.length() < pen.width();
		Style[] styles = (this.dropped > 0) ? new Style[] { Style.fg_red, Style.bold } : new Style[0];
		return start + pen.paint(lost, styles) + (fits ? rest : "");
	}

}
