package dev.zerodowntime.probe.verdict;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.DropKind;
import dev.zerodowntime.probe.model.Judged;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.model.Slices;
import dev.zerodowntime.probe.pacing.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Takes every outcome of one run as it comes: fills the slices and the verdicts, and
 * counts what the run itself has to know. Keeps no list of all answers. Safe for use by
 * several threads.
 */
public final class Recorder implements Consumer<Answer> {

	private static final long NANOS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);

	private final Slices slices = new Slices();

	private final Map<ConnectionMode, Verdict> verdicts = new EnumMap<>(ConnectionMode.class);

	private final Map<ConnectionMode, Long> lastOkDueNanos = new EnumMap<>(ConnectionMode.class);

	private final @Nullable String judgeFrom;

	private final JudgedCounter judged = new JudgedCounter();

	private long sent;

	private long dropped;

	private boolean answered;

	private @Nullable Answer firstDrop;

	private long lastDropDueNanos = Long.MIN_VALUE;

	/**
	 * Create a recorder.
	 * @param modes what is measured
	 * @param blindLimitMs a stretch in which nothing is sent is blind if it is longer
	 * @param maxWait how long after its due time an outcome may come
	 * @param judgeFrom how the name of the event begins from which on limits judge;
	 * {@code null}: they judge the whole run
	 */
	public Recorder(Collection<ConnectionMode> modes, long blindLimitMs, Duration maxWait, @Nullable String judgeFrom) {
		modes.forEach((mode) -> this.verdicts.put(mode, new Verdict(blindLimitMs, maxWait.toNanos())));
		this.judgeFrom = judgeFrom;
	}

	@Override
	public synchronized void accept(Answer answer) {
		this.sent++;
		this.answered |= Trust.isAnswered(answer);
		if (answer.ok()) {
			this.lastOkDueNanos.merge(answer.mode(), answer.dueNanos(), Math::max);
		}
		else {
			this.dropped++;
			this.lastDropDueNanos = Math.max(this.lastDropDueNanos, answer.dueNanos());
			if (this.firstDrop == null || answer.dueNanos() < this.firstDrop.dueNanos()) {
				this.firstDrop = answer;
			}
		}
		this.slices.add(answer);
		this.verdicts.get(answer.mode()).add(answer);
		this.judged.add(answer);
	}

	/** The same slices during the run and after it. */
	public Slices slices() {
		return this.slices;
	}

	public synchronized long sent() {
		return this.sent;
	}

	public synchronized long dropped() {
		return this.dropped;
	}

	/** Whether something was there: a correct answer, or at least an HTTP answer. */
	public synchronized boolean isAnswered() {
		return this.answered;
	}

	/** Why the first of the lost requests was lost, {@code null} if none was. */
	public synchronized @Nullable DropKind firstDrop() {
		return (this.firstDrop != null) ? this.firstDrop.drop() : null;
	}

	/** When the last of the lost requests was due, or {@code Long.MIN_VALUE}. */
	public synchronized long lastDropDueNanos() {
		return this.lastDropDueNanos;
	}

	/** Whether each of these modes has a correct answer that was due then or later. */
	public synchronized boolean answeredSince(long nanos, Collection<ConnectionMode> modes) {
		return modes.stream().allMatch((mode) -> this.lastOkDueNanos.getOrDefault(mode, Long.MIN_VALUE) >= nanos);
	}

	/**
	 * Begins the measured action now. All requests recorded so far were due before.
	 * @return when, in milliseconds since the measurement began, rounded up
	 */
	public synchronized long beginAction(Clock clock) {
		long nowMs = nowMs(clock);
		this.verdicts.values().forEach((verdict) -> verdict.actionBegins(nowMs));
		return nowMs;
	}

	/**
	 * Ends the measured action now.
	 * @return when, in milliseconds since the measurement began, rounded up
	 */
	public synchronized long endAction(Clock clock) {
		long nowMs = nowMs(clock);
		this.verdicts.values().forEach((verdict) -> verdict.actionEnds(nowMs));
		return nowMs;
	}

	/**
	 * Limits judge the requests that are due from now on, unless they do so already.
	 * @return now, in nanoseconds since the measurement began
	 */
	public synchronized long beginJudging(Clock clock) {
		long now = clock.now();
		this.judged.begin(now);
		return now;
	}

	/** Since when limits judge: 0 for all of the run or none of it. */
	public synchronized long judgedFromMs() {
		Long fromMs = this.judged.fromMs();
		return (fromMs != null) ? fromMs : 0;
	}

	/** How many of the lost requests limits have to judge. */
	public synchronized long judgedDropped() {
		return (this.judgeFrom != null) ? this.judged.dropped() : this.dropped;
	}

	/** The part that limits judge, {@code null} if that is all of the run. */
	public synchronized @Nullable Judged judged() {
		return (this.judgeFrom != null) ? this.judged.part(this.judgeFrom) : null;
	}

	public synchronized long sentInAction(ConnectionMode mode) {
		return this.verdicts.get(mode).sentInAction();
	}

	/**
	 * Returns the verdict on a mode. All outcomes must have come.
	 * @param durationMs how long requests were to be sent
	 * @param due how many were due
	 */
	public synchronized ModeReport report(ConnectionMode mode, long durationMs, long due) {
		return this.verdicts.get(mode).report(durationMs, due, versions(mode));
	}

	private Map<String, Long> versions(ConnectionMode mode) {
		Map<String, Long> versions = new TreeMap<>();
		this.slices.of(mode)
			.forEach((slice) -> slice.okByVersion()
				.forEach((version, count) -> versions.merge(version, count, Long::sum)));
		// Answers that name no version
		versions.remove("");
		return versions;
	}

	private static long nowMs(Clock clock) {
		return TimeUnit.NANOSECONDS.toMillis(clock.now() + NANOS_PER_MS - 1);
	}

}
