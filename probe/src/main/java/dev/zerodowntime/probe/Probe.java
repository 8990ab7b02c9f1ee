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

import dev.zerodowntime.probe.Progress.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Plays the visitors: sends requests at a constant rate, each exactly once and at its due
 * time, and counts every one that was not answered correctly, completely and in time.
 *
 * <pre>
 * Measurement measurement = Probe.to(url).rate(100).build().around((events) -&gt; deploy());
 * ReportAssert.assertThat(measurement.report()).isTrusted().lostNothing();
 * </pre>
 *
 * A probe measures one thing at a time.
 */
public final class Probe {

	private final ProbeConfig config;

	private final Target target;

	private final Stop stop = new Stop();

	private volatile Stage stage = Stage.WARMING_UP;

	private volatile @Nullable Run run;

	private volatile boolean judging;

	private volatile @Nullable Measurement lastMeasurement;

	Probe(ProbeConfig config) {
		this.config = config;
		this.target = Target.of(config);
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
	 * @param duration how long
	 * @return what was found
	 * @throws NothingAnswersException if nothing answered while warming up
	 */
	public Measurement run(Duration duration) {
		Warmup warmup = warmUp();
		try (Run current = begin(Stage.MEASURING)) {
			current.sendUntil(duration.toNanos(), this.stop);
			return measurement(current, warmup, events(current), new Outcome());
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
	 */
	public <X extends Exception> Measurement around(Action<X> action) throws X {
		Warmup warmup = warmUp();
		try (Run current = begin(Stage.BASELINE)) {
			EventLog events = events(current);
			this.judging = true;
			current.passUntil(this.config.baseline(), this.stop);
			requireAnswers(current);
			Outcome outcome = new Outcome();
			if (this.stop.isRequested() || !current.isSending()) {
				outcome.problems.add("stopped before the measured action began");
				return measurement(current, warmup, events, outcome);
			}
			this.stage = Stage.ACTION;
			outcome.fromMs = current.recorder().beginAction(current.clock());
			try {
				outcome.command = action.run(events);
			}
			catch (Throwable ex) {
				outcome.problems.add("the measured action failed: " + ex);
				measurement(current, warmup, events, outcome);
				throw ex;
			}
			this.stop.noticeInterrupt();
			settle(current, events, outcome);
			current.passUntil(this.config.atLeast(), this.stop);
			return measurement(current, warmup, events, outcome);
		}
	}

	private void settle(Run current, EventLog events, Outcome outcome) {
		this.stage = Stage.SETTLING;
		if (this.config.settleLimit().isZero()) {
			return;
		}
		if (current.settle(this.stop)) {
			outcome.steadyMs = current.recorder().endAction(current.clock());
		}
		else if (this.stop.isRequested()) {
			outcome.problems.add("stopped before the service was steady");
		}
		else {
			events.mark("not steady within " + this.config.settleLimit().toSeconds() + " s");
		}
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

	private Warmup warmUp() {
		SelfWarmup.once(this.target.tls() != null);
		if (this.config.warmup().isZero()) {
			return new Warmup(0, 0);
		}
		try (Run current = begin(Stage.WARMING_UP)) {
			current.sendUntil(this.config.warmup().toNanos(), this.stop);
			current.finish();
			requireAnswers(current);
			return new Warmup(current.recorder().sent(), current.recorder().dropped());
		}
	}

	private Run begin(Stage stage) {
		Run current = new Run(this.config, this.target);
		this.stage = stage;
		this.run = current;
		return current;
	}

	private EventLog events(Run current) {
		return new EventLog(current.clock(), this.config.judgeFrom(),
				() -> current.recorder().beginJudging(current.clock()));
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
		throw new NothingAnswersException("nothing answers at " + this.config.url() + " (" + first + reason + "): "
				+ (DropKind.TLS.equals(first) ? "trust its certificate (--cacert) or accept any (--insecure)"
						: "is it up, and is the URL right?"));
	}

	private Measurement measurement(Run current, Warmup warmup, EventLog events, Outcome outcome) {
		this.stage = Stage.FINISHING;
		this.stop.noticeInterrupt();
		long durationMs = current.finish();
		Recorder recorder = current.recorder();
		Scope scope = new Scope(durationMs, outcome.action(durationMs), recorder.judgedFromMs());
		List<String> idle = new ArrayList<>();
		Map<ConnectionMode, ModeReport> modes = new EnumMap<>(ConnectionMode.class);
		Map<ConnectionMode, Long> due = current.due();
		for (ConnectionMode mode : this.config.modes()) {
			modes.put(mode, recorder.report(mode, durationMs, due.get(mode)));
			if (outcome.ranToItsEnd() && recorder.sentInAction(mode) == 0) {
				idle.add("no request was due from the start of the action to the end (" + mode
						+ "): measure longer, or at a higher rate");
			}
		}
		List<String> problems = new ArrayList<>(outcome.problems);
		problems.addAll(idle);
		if (this.stop.isInterrupt()) {
			problems.add("interrupted");
		}
		problems.addAll(current.problems());
		problems.addAll(Trust.problems(modes, scope));
		Report report = new Report(this.config.url().toString(), this.config.ratePerSecond(),
				current.clock().startedAt(), durationMs, problems.isEmpty(), problems, warmup, modes, events.all(),
				outcome.command, this.config.labels(), current.machine(),
				this.config.requests().isEmpty() ? null : current.requests(), recorder.judged(), outcome.steadyMs,
				settings(), Report.FORMAT_VERSION);
		Measurement measurement = new Measurement(report, recorder.slices());
		this.lastMeasurement = measurement;
		return measurement;
	}

	private @Nullable String connectTo() {
		InetSocketAddress address = this.config.connectTo();
		if (address == null) {
			return null;
		}
		String host = address.getHostString();
		return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
	}

	private Settings settings() {
		return new Settings(this.config.method(), this.config.timeout().toMillis(), this.config.expectedStatus().text(),
				this.config.expectedBody(), this.config.insecure(), this.config.settle().toMillis(),
				Scope.blindLimitMs(this.config.maxBlind(), this.config.ratePerSecond()), connectTo(),
				this.config.versionHeader());
	}

	/** How the measured action went, as far as it is known. */
	private static final class Outcome {

		private final List<String> problems = new ArrayList<>();

		private @Nullable Long fromMs;

		private @Nullable Long steadyMs;

		private @Nullable CommandResult command;

		boolean ranToItsEnd() {
			return this.fromMs != null && this.problems.isEmpty();
		}

		@Nullable Span action(long durationMs) {
			return (this.fromMs != null) ? new Span(this.fromMs, (this.steadyMs != null) ? this.steadyMs : durationMs)
					: null;
		}

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

}
