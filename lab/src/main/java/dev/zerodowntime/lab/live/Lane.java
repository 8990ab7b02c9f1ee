package dev.zerodowntime.lab.live;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.verdict.LongestOutage;

/** Counts the answers of one connection mode as they come. */
final class Lane {

	/** More than the probe's timeout, 2 s: a machine may stand still for a while. */
	private static final Duration MAX_WAIT = Duration.ofSeconds(20);

	private final Map<String, Long> kinds = new TreeMap<>();

	private final LongestOutage outage = new LongestOutage(MAX_WAIT);

	private long sent;

	private long lost;

	void add(Answer answer) {
		this.sent++;
		if (answer.drop() != null) {
			this.lost++;
			this.kinds.merge(answer.drop().name(), 1L, Long::sum);
		}
		this.outage.add(answer);
	}

	Scores.OfMode scores() {
		return new Scores.OfMode(this.sent, this.lost, Map.copyOf(this.kinds), this.outage.lengthMs());
	}

}
