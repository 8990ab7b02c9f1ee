package dev.zerodowntime.probe;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One stretch of sending at the configured rate, with its own clock and connections. */
final class Run implements AutoCloseable {

	private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private static final Duration OUTCOME_MARGIN = Duration.ofSeconds(10);

	private final ProbeConfig config;

	private final CpuUse cpuUse = new CpuUse();

	private final Clock clock = new Clock();

	private final AnswerLog log = new AnswerLog();

	private final Sender sender;

	private final Pacer pacer;

	Run(ProbeConfig config, Target target) {
		this.config = config;
		this.sender = new Sender(target, this.clock, config.timeout().toNanos(), this.log.andThen(config.listener()),
				this.cpuUse::threadEnds);
		this.pacer = new Pacer(this.clock, new Schedule(0, config.ratePerSecond(), config.modes()), this.sender);
		this.pacer.start();
	}

	Clock clock() {
		return this.clock;
	}

	AnswerLog log() {
		return this.log;
	}

	boolean stoodStill() {
		return this.pacer.stoodStill();
	}

	/** What this machine had to spare since it began. */
	Machine machine() {
		return this.cpuUse.sinceStart();
	}

	/** Sends until the clock shows this time, or until stopped. */
	void sendUntil(long nanos, Stop stop) {
		this.pacer.endAt(nanos);
		stop.await(() -> !this.pacer.isWalking());
	}

	/** Lets the requests go on until the clock shows this time, or until stopped. */
	void passUntil(Duration time, Stop stop) {
		stop.await(() -> this.clock.now() >= time.toNanos() || !this.pacer.isWalking());
	}

	/**
	 * Lets the requests go on until nothing was lost for a while, or until stopped.
	 * @return whether it became steady within the limit
	 */
	boolean settle(Stop stop) {
		long from = this.clock.now();
		long limit = from + this.config.settleLimit().toNanos();
		stop.await(() -> isSteadySince(from) || this.clock.now() >= limit || !this.pacer.isWalking());
		return isSteadySince(from) || stop.isRequested();
	}

	private boolean isSteadySince(long from) {
		// What is still under way may yet be lost: only the time before it is settled.
		long known = this.sender.oldestPending(this.clock.now());
		return known - Math.max(from, this.log.lastDropDueNanos()) >= this.config.settle().toNanos();
	}

	/**
	 * Sends no more and waits for the last outcomes.
	 * @return milliseconds for which requests were sent
	 */
	long finish() {
		this.pacer.endAt(Math.max(0, Math.min(this.clock.now(), this.pacer.endNanos())));
		long endMs = TimeUnit.NANOSECONDS.toMillis(this.pacer.endNanos());
		long limit = this.clock.now() + this.config.timeout().plus(OUTCOME_MARGIN).toNanos();
		while (this.pacer.isWalking() || this.sender.oldestPending(Long.MAX_VALUE) != Long.MAX_VALUE) {
			if (this.clock.now() > limit) {
				throw new IllegalStateException(
						"requests without an outcome " + OUTCOME_MARGIN.toSeconds() + " s after their timeout");
			}
			LockSupport.parkNanos(POLL_NANOS);
		}
		return endMs;
	}

	@Override
	public void close() {
		this.pacer.endAt(0);
		this.pacer.join();
		this.sender.close();
	}

}
