package dev.zerodowntime.probe.report;

import java.time.Duration;
import java.util.Locale;

/**
 * A moment of a running measurement.
 *
 * @param elapsed since it began
 * @param phase what it does: {@code warm-up}, {@code baseline}, {@code command},
 * {@code settling}
 * @param sent requests with an outcome so far, over all modes
 * @param dropped those lost so far
 */
public record LiveStatus(Duration elapsed, String phase, long sent, long dropped) {

	private static final double MS_PER_S = 1000;

	String render(Pen pen) {
		String start = String.format(Locale.ROOT, "%6.1f s  %-8s  %d sent  ", this.elapsed.toMillis() / MS_PER_S,
				this.phase, this.sent);
		Style[] styles = (this.dropped > 0) ? new Style[] { Style.RED, Style.BOLD } : new Style[0];
		return start + pen.paint(this.dropped + " lost", styles);
	}

}
