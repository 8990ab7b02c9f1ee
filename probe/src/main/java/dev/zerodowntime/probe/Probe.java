package dev.zerodowntime.probe;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.zerodowntime.probe.Progress.Stage;
import dev.zerodowntime.probe.model.CommandResult;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.DropKind;
import dev.zerodowntime.probe.model.Events;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.model.Report;
import dev.zerodowntime.probe.model.Settings;
import dev.zerodowntime.probe.model.Warmup;
import dev.zerodowntime.probe.verdict.EventLog;
import dev.zerodowntime.probe.verdict.Recorder;
import dev.zerodowntime.probe.verdict.ReportData;
import dev.zerodowntime.probe.verdict.Scope;
import dev.zerodowntime.probe.verdict.SettingsData;
import dev.zerodowntime.probe.verdict.Trust;
import dev.zerodowntime.probe.wire.Target;
import dev.zerodowntime.probe.wire.TargetConfig;
import org.jspecify.annotations.Nullable;

/**
 * Plays the visitors: sends requests at a constant rate, each exactly once and at its due
 * time, and counts every one that was not answered correctly, completely and in time.
 *
 * <pre>
 * Measurement measurement = Probe.to(url).rate(100).build().around(() -&gt; deploy("v2"));
 * ReportAssert.assertThat(measurement).lostNothing();
 * </pre>
 *
 * A probe measures one thing at a time. Its settings do not change once it is built.
 */
public final class Probe {

	private static final System.Logger LOGGER = System.getLogger(Probe.class.getName());

	private final ProbeConfig config;

	private final Target target;

	private final Stop stop = new Stop();

	private volatile Stage stage = Stage.WARMING_UP;

	private final AtomicBoolean measuring = new AtomicBoolean();

	private volatile @Nullable Run run;

	private volatile boolean judging;

	private volatile @Nullable Measurement lastMeasurement;

	Probe(ProbeConfig config) {
		this.config = config;
		this.target = Target.of(config.target());
	}

	/**
	 * Begins to describe a probe.
	 * @param url an absolute {@code http} or {@code https} URL
	 * @return a builder that states the defaults
	 * @throws IllegalArgumentException if it is another kind of URL
	 */
	public static ProbeBuilder to(URI url) {
		return new ProbeBuilder(url);
	}

	/**
	 * Measures for a fixed time.
	 * @param duration how long, above 0
	 * @return what was found
	 * @throws NothingAnswersException if nothing answered while warming up
	 * @throws IllegalStateException if this probe is measuring already
	 */
	public Measurement run(Duration duration) {
		try (RunningMeasurement running = begin()) {
			this.stage = Stage.MEASURING;
			this.judging = true;
			running.run().sendUntil(duration.toNanos(), this.stop);
			return running.finish();
		}
	}

	/**
	 * Measures a baseline, goes on measuring while the action runs, and until nothing is
	 * lost any more.
	 * @param <X> what the action may throw
	 * @param action such as a deployment
	 * @return what was found
	 * @throws X what the action throws; what was found until then is the
	 * {@link #lastMeasurement()}
	 * @throws NothingAnswersException if nothing answered before the action: it was not
	 * run
	 * @throws IllegalStateException if this probe is measuring already
	 */
	public <X extends Exception> Measurement around(Action<X> action) throws X {
		try (RunningMeasurement running = start()) {
			if (!running.isActing()) {
				return running.finish();
			}
			try {
				running.setCommand(action.run(running.events()));
			}
			catch (Throwable ex) {
				running.addProblem("the measured action failed: " + ex);
				running.finish();
				throw ex;
			}
			return running.stop();
		}
	}

	/**
	 * Measures around an action that returns nothing and notes no events, see
	 * {@link #around(Action)}.
	 * @param <X> what the action may throw
	 * @param action such as a deployment
	 * @return what was found
	 * @throws X what the action throws; what was found until then is the
	 * {@link #lastMeasurement()}
	 * @throws NothingAnswersException if nothing answered before the action: it was not
	 * run
	 * @throws IllegalStateException if this probe is measuring already
	 */
	public <X extends Exception> Measurement around(PlainAction<X> action) throws X {
		return around((Action<X>) (events) -> {
			action.run();
			return null;
		});
	}

	/**
	 * Measures a baseline and returns: what the caller does from then on until it calls
	 * {@link RunningMeasurement#stop()} is the measured action. Takes as long as warm-up
	 * and baseline, 6 s by default.
	 * @return the measurement in progress, which must be closed
	 * @throws NothingAnswersException if nothing answered before the action
	 * @throws IllegalStateException if this probe is measuring already
	 */
	public RunningMeasurement start() {
		RunningMeasurement running = begin();
		boolean started = false;
		try {
			Run current = running.run();
			this.stage = Stage.BASELINE;
			this.judging = true;
			current.passUntil(this.config.baseline(), this.stop);
			requireAnswers(current);
			if (this.stop.isRequested() || !current.isSending()) {
				running.addProblem("stopped before the measured action began");
			}
			else {
				this.stage = Stage.ACTION;
				running.beginAction();
			}
			started = true;
			return running;
		}
		finally {
			if (!started) {
				running.run().close();
				ended();
			}
		}
	}

	/** Goes on until the service is steady, and at least as long as configured. */
	void settle(RunningMeasurement running) {
		this.stop.noticeInterrupt();
		Run current = running.run();
		this.stage = Stage.SETTLING;
		if (!this.config.settleLimit().isZero()) {
			if (current.settle(this.stop)) {
				running.becameSteady();
			}
			else if (this.stop.isRequested()) {
				running.addProblem("stopped before the service was steady");
			}
			else {
				running.mark("not steady within " + this.config.settleLimit().toSeconds() + " s");
			}
		}
		current.passUntil(this.config.atLeast(), this.stop);
	}

	/**
	 * Returns the last measurement. It is there as well when the measured action has
	 * thrown: until then, and not trusted. May be called from any thread.
	 * @return what was found, empty if no measurement has ended
	 */
	public Optional<Measurement> lastMeasurement() {
		return Optional.ofNullable(this.lastMeasurement);
	}

	/**
	 * Ends the measurement that is running; it returns what it has found so far. May be
	 * called from any thread.
	 */
	public void stop() {
		this.stop.request();
	}

	/**
	 * Tells how far the measurement has come. May be called from any thread.
	 * @return a snapshot
	 */
	public Progress progress() {
		Run current = this.run;
		if (current == null) {
			return new Progress(this.stage, 0, 0, 0);
		}
		return new Progress(this.stage, Math.max(0, TimeUnit.NANOSECONDS.toMillis(current.clock().now())),
				current.recorder().sent(), current.recorder().dropped());
	}

	/**
	 * Tells how many requests were lost that a limit has to judge: all so far, or those
	 * due since the event of {@link ProbeBuilder#judgeFrom(String)}. May be called from
	 * any thread.
	 * @return their number
	 */
	public long judgedDrops() {
		Run current = this.run;
		return (current != null && this.judging) ? current.recorder().judgedDropped() : 0;
	}

	private RunningMeasurement begin() {
		if (!this.measuring.compareAndSet(false, true)) {
			throw new IllegalStateException("this probe is measuring already: stop or close that measurement first");
		}
		this.judging = false;
		boolean begun = false;
		try {
			Warmup warmup = warmUp();
			Run current = newRun();
			EventLog events = new EventLog(current.clock(), this.config.judgeFrom(),
					() -> current.recorder().beginJudging(current.clock()));
			begun = true;
			return new RunningMeasurement(this, current, warmup, events);
		}
		finally {
			if (!begun) {
				ended();
			}
		}
	}

	void ended() {
		// Not when the next one begins: a stop before the first one counts
		this.stop.reset();
		this.measuring.set(false);
	}

	private Warmup warmUp() {
		this.stage = Stage.WARMING_UP;
		SelfWarmup.once(this.target.isTls());
		if (this.config.warmup().isZero()) {
			return new Warmup(0, 0);
		}
		try (Run current = newRun()) {
			current.sendUntil(this.config.warmup().toNanos(), this.stop);
			current.finish();
			requireAnswers(current);
			return new Warmup(current.recorder().sent(), current.recorder().dropped());
		}
	}

	private Run newRun() {
		Run current = new Run(this.config, this.target);
		this.run = current;
		return current;
	}

	private void requireAnswers(Run current) {
		Recorder recorder = current.recorder();
		// Where only what comes later is judged, nothing need answer yet
		if (this.config.judgeFrom() != null || this.stop.isRequested() || recorder.sent() == 0
				|| recorder.isAnswered()) {
			return;
		}
		DropKind first = recorder.firstDrop();
		String reason = (first != null) ? current.reason(first).map((message) -> ": " + message).orElse("") : "";
		throw new NothingAnswersException("nothing answers at " + this.config.target().url() + " (" + first + reason
				+ "): " + (DropKind.TLS.equals(first) ? "trust its certificate (--cacert) or accept any (--insecure)"
						: "is it up, and is the URL right?"));
	}

	/** Sends no more, waits for the last outcomes and judges them. */
	Measurement measurement(RunningMeasurement running) {
		this.stage = Stage.FINISHING;
		this.stop.noticeInterrupt();
		Run current = running.run();
		long durationMs = current.finish();
		Recorder recorder = current.recorder();
		Scope scope = new Scope(durationMs, running.action(durationMs), recorder.judgedFromMs());
		List<String> problems = new ArrayList<>(running.problems());
		Map<ConnectionMode, ModeReport> modes = new EnumMap<>(ConnectionMode.class);
		Map<ConnectionMode, Long> due = current.due();
		for (ConnectionMode mode : this.config.modes()) {
			modes.put(mode, recorder.report(mode, durationMs, due.get(mode)));
			if (running.isActing() && recorder.sentInAction(mode) == 0) {
				problems.add("no request was due from the start of the action to the end (" + mode
						+ "): measure longer, or at a higher rate");
			}
		}
		if (this.stop.isInterrupt()) {
			problems.add("interrupted");
		}
		problems.addAll(current.problems());
		problems.addAll(Trust.problems(modes, scope));
		Report report = new ReportData(this.config.target().url().toString(), this.config.ratePerSecond(),
				current.clock().startedAt(), durationMs, problems.isEmpty(), problems, running.warmup(), modes,
				running.events().all(), running.command(), this.config.labels(), current.machine(),
				this.config.target().requests().isEmpty() ? null : current.requests(), recorder.judged(),
				running.steadyMs(), settings(), Report.FORMAT_VERSION);
		Measurement measurement = new Measurement(report, recorder.slices());
		this.lastMeasurement = measurement;
		try {
			this.config.onMeasurement().accept(measurement);
		}
		catch (RuntimeException | Error ex) {
			LOGGER.log(System.Logger.Level.WARNING, "what was to be called with the measurement failed", ex);
		}
		return measurement;
	}

	private static @Nullable String connectTo(@Nullable InetSocketAddress address) {
		if (address == null) {
			return null;
		}
		String host = address.getHostString();
		return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
	}

	private Settings settings() {
		TargetConfig target = this.config.target();
		return new SettingsData(target.method(), this.config.timeout().toMillis(), target.expectedStatus().text(),
				target.expectedBody(), target.insecure(), this.config.settle().toMillis(),
				Scope.blindLimitMs(this.config.maxBlind(), this.config.ratePerSecond()), connectTo(target.connectTo()),
				target.versionHeader());
	}

	/**
	 * What is measured.
	 *
	 * @param <X> what it may throw
	 */
	@FunctionalInterface
	public interface Action<X extends Exception> {

		/**
		 * Does it.
		 * @param events where to note what happens when
		 * @return how the command went, {@code null} if it was none
		 * @throws X if it fails
		 */
		@Nullable CommandResult run(Events events) throws X;

	}

	/**
	 * What is measured, if it returns nothing and notes no events.
	 *
	 * @param <X> what it may throw
	 */
	@FunctionalInterface
	public interface PlainAction<X extends Exception> {

		/**
		 * Does it.
		 * @throws X if it fails
		 */
		void run() throws X;

	}

}
