package dev.zerodowntime.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.DropKind;
import dev.zerodowntime.probe.model.Machine;
import dev.zerodowntime.probe.model.RequestReport;
import dev.zerodowntime.probe.pacing.Clock;
import dev.zerodowntime.probe.pacing.Faults;
import dev.zerodowntime.probe.pacing.Pacer;
import dev.zerodowntime.probe.pacing.Schedule;
import dev.zerodowntime.probe.pacing.Uninterrupted;
import dev.zerodowntime.probe.verdict.Recorder;
import dev.zerodowntime.probe.verdict.Scope;
import dev.zerodowntime.probe.wire.RequestCounter;
import dev.zerodowntime.probe.wire.Sender;
import dev.zerodowntime.probe.wire.Target;

/** One stretch of sending at the configured rate, with its own clock and connections. */
final class Run implements AutoCloseable {

	private static final System.Logger LOGGER = System.getLogger(Run.class.getName());

	private static final Duration OUTCOME_MARGIN = Duration.ofSeconds(10);

	private final ProbeConfig config;

	private final CpuUse cpuUse = new CpuUse();

	private final Clock clock = new Clock();

	private final Recorder recorder;

	private final RequestCounter requests;

	private final Faults faults = new Faults();

	private final Schedule schedule;

	private final Sender sender;

	private final Pacer pacer;

	Run(ProbeConfig config, Target target) {
		this.config = config;
		this.recorder = new Recorder(config.modes(), Scope.blindLimitMs(config.maxBlind(), config.ratePerSecond()),
				config.timeout().plus(Pacer.STANDSTILL).plus(OUTCOME_MARGIN), config.judgeFrom());
		this.requests = target.requestCounter();
		this.sender = new Sender(target, this.clock, config.timeout().toNanos(),
				this.recorder.andThen(this.requests).andThen(quiet(config.listener())), this.cpuUse::threadEnds,
				this.faults);
		this.schedule = new Schedule(0, config.ratePerSecond(), config.modes());
		this.pacer = new Pacer(this.clock, this.schedule, this.sender::send, this.faults);
		this.pacer.start();
	}

	Clock clock() {
		return this.clock;
	}

	Recorder recorder() {
		return this.recorder;
	}

	/** What became of each of several requests, empty if there is only one. */
	List<RequestReport> requests() {
		return this.requests.reports();
	}

	/** Whether requests are sent, so that it makes sense to begin what is measured. */
	boolean isSending() {
		return this.pacer.isWalking();
	}

	/** The message of the first failure of this kind, empty if it has none. */
	Optional<String> reason(DropKind kind) {
		return this.sender.reason(kind);
	}

	/** What went wrong with the probe itself. */
	List<String> problems() {
		List<String> problems = new ArrayList<>(this.faults.all());
		this.sender.sleep().problem().ifPresent(problems::add);
		return problems;
	}

	/** How many requests of each mode were due. */
	Map<ConnectionMode, Long> due() {
		Map<ConnectionMode, Long> due = new EnumMap<>(ConnectionMode.class);
		this.config.modes().forEach((mode) -> due.put(mode, this.schedule.due(mode, this.pacer.endNanos())));
		return due;
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
	 * Lets the requests go on until, for a while, each mode was answered and nothing was
	 * lost; or until stopped.
	 * @return whether it became steady
	 */
	boolean settle(Stop stop) {
		long from = this.clock.now();
		long limit = from + this.config.settleLimit().toNanos();
		stop.await(() -> isSteadySince(from) || this.clock.now() >= limit || !this.pacer.isWalking());
		return isSteadySince(from);
	}

	private boolean isSteadySince(long from) {
		// What is not sent yet or in flight may be lost: only the time before is known.
		long sent = Math.min(this.clock.now(), this.pacer.nextDueNanos());
		long known = this.sender.oldestPending(sent);
		long steadyFrom = Math.max(from, this.recorder.lastDropDueNanos());
		return known - steadyFrom >= this.config.settle().toNanos()
				&& this.recorder.answeredSince(steadyFrom, this.config.modes());
	}

	/**
	 * Sends no more and waits for the last outcomes.
	 * @return milliseconds for which requests were sent
	 */
	long finish() {
		this.pacer.endAt(Math.max(0, Math.min(this.clock.now(), this.pacer.endNanos())));
		long endMs = TimeUnit.NANOSECONDS.toMillis(this.pacer.endNanos());
		long limit = this.config.timeout().plus(OUTCOME_MARGIN).toNanos();
		boolean complete = Uninterrupted
			.await(() -> !this.pacer.isWalking() && this.sender.oldestPending(Long.MAX_VALUE) == Long.MAX_VALUE, limit);
		if (!complete) {
			this.faults.add("requests without an outcome " + OUTCOME_MARGIN.toSeconds() + " s after their timeout");
		}
		return endMs;
	}

	/** The outcome is recorded already: what a listener makes of it changes nothing. */
	private static Consumer<Answer> quiet(Consumer<Answer> listener) {
		AtomicBoolean failed = new AtomicBoolean();
		return (answer) -> {
			try {
				listener.accept(answer);
			}
			catch (RuntimeException | Error ex) {
				if (!failed.getAndSet(true)) {
					LOGGER.log(System.Logger.Level.WARNING,
							"the listener of the probe failed; what it throws later is not logged", ex);
				}
			}
		};
	}

	@Override
	public void close() {
		this.pacer.endAt(0);
		this.pacer.join();
		this.sender.close();
	}

}
