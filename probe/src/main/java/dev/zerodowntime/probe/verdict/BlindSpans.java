package dev.zerodowntime.probe.verdict;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.zerodowntime.probe.model.Span;

/**
 * Finds the stretches in which one mode sent nothing for longer than a limit: what became
 * of the service in them is not known. Answers may come in any order.
 */
final class BlindSpans {

	private final long limitMs;

	/** Their ends by their beginnings. */
	private final TreeMap<Long, Long> spans = new TreeMap<>();

	private long lastSentMs;

	/**
	 * Create blind spans.
	 * @param limitMs a stretch is blind if it is longer than this
	 */
	BlindSpans(long limitMs) {
		this.limitMs = limitMs;
	}

	void sent(long atMs) {
		if (atMs >= this.lastSentMs) {
			add(this.lastSentMs, atMs);
			this.lastSentMs = atMs;
			return;
		}
		// Its outcome came after those of requests that were sent later.
		Map.Entry<Long, Long> around = this.spans.lowerEntry(atMs);
		if (around != null && around.getValue() > atMs) {
			this.spans.remove(around.getKey());
			add(around.getKey(), atMs);
			add(atMs, around.getValue());
		}
	}

	/**
	 * Returns them.
	 * @param durationMs how long requests were to be sent
	 * @return in order of time
	 */
	List<Span> all(long durationMs) {
		TreeMap<Long, Long> all = new TreeMap<>(this.spans);
		if (durationMs - this.lastSentMs > this.limitMs) {
			all.put(this.lastSentMs, durationMs);
		}
		return all.entrySet().stream().map((span) -> new Span(span.getKey(), span.getValue())).toList();
	}

	private void add(long fromMs, long toMs) {
		if (toMs - fromMs > this.limitMs) {
			this.spans.put(fromMs, toMs);
		}
	}

}
