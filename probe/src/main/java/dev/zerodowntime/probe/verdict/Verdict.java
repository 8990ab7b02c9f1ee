package dev.zerodowntime.probe.verdict;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.DropKind;
import dev.zerodowntime.probe.model.ModeReport;

/**
 * Judges the answers of one mode as they come, in any order. Keeps numbers and no
 * answers, except for those that wait for an earlier one.
 */
final class Verdict {

	private final Map<String, Long> kinds = new TreeMap<>();

	private final LatencyCounter latency = new LatencyCounter();

	private final LatencyCounter baselineLatency = new LatencyCounter();

	private final LatencyCounter actionLatency = new LatencyCounter();

	private final LatencyCounter lateness = new LatencyCounter();

	private final Outages outages = new Outages();

	private final VersionsOverlap overlap = new VersionsOverlap();

	private final BlindSpans blind;

	private final DueOrder dueOrder;

	private long sent;

	private long ok;

	private long late;

	private long actionFromMs = Long.MAX_VALUE;

	private long actionToMs = Long.MAX_VALUE;

	private long sentInAction;

	/**
	 * Create a verdict.
	 * @param blindLimitMs a stretch in which nothing is sent is blind if it is longer
	 * @param maxWaitNanos how long after its due time an outcome may come
	 */
	Verdict(long blindLimitMs, long maxWaitNanos) {
		this.blind = new BlindSpans(blindLimitMs);
		this.dueOrder = new DueOrder(maxWaitNanos, (answer) -> {
			this.outages.add(answer);
			this.overlap.add(answer);
		});
	}

	void add(Answer answer) {
		this.sent++;
		if (answer.isLate()) {
			this.late++;
		}
		if (!DropKind.NOT_SENT.equals(answer.drop())) {
			this.blind.sent(TimeUnit.NANOSECONDS.toMillis(answer.sentNanos()));
		}
		this.lateness.add(answer.latenessNanos());
		boolean inAction = answer.dueMs() >= this.actionFromMs && answer.dueMs() < this.actionToMs;
		if (inAction) {
			this.sentInAction++;
		}
		if (answer.drop() != null) {
			this.kinds.merge(answer.drop().name(), 1L, Long::sum);
		}
		else {
			this.ok++;
			this.latency.add(answer.latencyNanos());
			if (answer.dueMs() < this.actionFromMs) {
				this.baselineLatency.add(answer.latencyNanos());
			}
			else if (inAction) {
				this.actionLatency.add(answer.latencyNanos());
			}
		}
		this.dueOrder.add(answer);
	}

	/** Requests that are due from now on belong to the action: no earlier time. */
	void actionBegins(long atMs) {
		this.actionFromMs = atMs;
	}

	/** Requests that are due from now on do not belong to the action: no earlier time. */
	void actionEnds(long atMs) {
		this.actionToMs = atMs;
	}

	long sentInAction() {
		return this.sentInAction;
	}

	/**
	 * Returns the verdict. No other answer comes.
	 * @param durationMs how long requests were to be sent
	 * @param due how many requests were due
	 * @param versions how many correct answers each version gave
	 */
	ModeReport report(long durationMs, long due, Map<String, Long> versions) {
		this.dueOrder.end();
		this.outages.end(durationMs);
		boolean hasAction = this.actionFromMs != Long.MAX_VALUE;
		return new ModeReportData(this.sent, this.ok, this.sent - this.ok, new TreeMap<>(this.kinds),
				this.outages.all(), this.outages.downtimeMs(), this.latency.latency(),
				hasAction ? this.baselineLatency.latency() : null, hasAction ? this.actionLatency.latency() : null,
				this.late, this.lateness.latency(), versions, this.overlap.longest(), Math.max(0, due - this.sent),
				this.blind.all(durationMs));
	}

}
