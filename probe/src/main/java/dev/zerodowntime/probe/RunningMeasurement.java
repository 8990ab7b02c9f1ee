package dev.zerodowntime.probe;

import java.util.ArrayList;
import java.util.List;

import dev.zerodowntime.probe.model.CommandResult;
import dev.zerodowntime.probe.model.Events;
import dev.zerodowntime.probe.model.Span;
import dev.zerodowntime.probe.model.Warmup;
import dev.zerodowntime.probe.verdict.EventLog;
import org.jspecify.annotations.Nullable;

/**
 * A measurement that is in progress: what {@link Probe#start()} returns. Requests are
 * sent until it is stopped or closed, so use it in a {@code try} statement.
 *
 * <pre>
 * try (RunningMeasurement running = probe.start()) {
 *     running.mark("deploy v2");
 *     deploy("v2");
 *     assertThat(running.stop()).lostNothing();
 * }
 * </pre>
 *
 * Events may be noted from any thread; stop and close it from one thread.
 */
public final class RunningMeasurement implements Events, AutoCloseable {

	private final Probe probe;

	private final Run run;

	private final Warmup warmup;

	private final EventLog events;

	private final List<String> problems = new ArrayList<>();

	private @Nullable Long fromMs;

	private @Nullable Long steadyMs;

	private @Nullable CommandResult command;

	private @Nullable Measurement measurement;

	RunningMeasurement(Probe probe, Run run, Warmup warmup, EventLog events) {
		this.probe = probe;
		this.run = run;
		this.warmup = warmup;
		this.events = events;
	}

	@Override
	public void mark(String name) {
		this.events.mark(name);
	}

	@Override
	public long nowMs() {
		return this.events.nowMs();
	}

	/**
	 * Ends the measured action: goes on measuring until the service is steady
	 * ({@link ProbeBuilder#settle} and {@link ProbeBuilder#settleLimit}), then sends no
	 * more and waits for the last answers.
	 * @return what was found; the same when it is called again or was closed before
	 */
	public Measurement stop() {
		Measurement ended = this.measurement;
		if (ended == null) {
			if (isActing()) {
				this.probe.settle(this);
			}
			ended = finish();
		}
		return ended;
	}

	/**
	 * Stops sending at once. What was measured until then, if it was not stopped before,
	 * is the probe's {@link Probe#lastMeasurement()} and is not trusted.
	 */
	@Override
	public void close() {
		if (this.measurement == null) {
			addProblem("closed before the measurement was stopped");
			finish();
		}
	}

	Measurement finish() {
		try (this.run) {
			Measurement ended = this.probe.measurement(this);
			this.measurement = ended;
			return ended;
		}
		finally {
			this.probe.ended();
		}
	}

	void beginAction() {
		this.fromMs = this.run.recorder().beginAction(this.run.clock());
	}

	void becameSteady() {
		this.steadyMs = this.run.recorder().endAction(this.run.clock());
	}

	void addProblem(String problem) {
		this.problems.add(problem);
	}

	void setCommand(@Nullable CommandResult command) {
		this.command = command;
	}

	/** Whether the measured action has begun and nothing has gone wrong with it. */
	boolean isActing() {
		return this.fromMs != null && this.problems.isEmpty();
	}

	/** From its start until the service was steady, {@code null} if it did not begin. */
	@Nullable Span action(long durationMs) {
		return (this.fromMs != null) ? new Span(this.fromMs, (this.steadyMs != null) ? this.steadyMs : durationMs)
				: null;
	}

	Run run() {
		return this.run;
	}

	Warmup warmup() {
		return this.warmup;
	}

	EventLog events() {
		return this.events;
	}

	List<String> problems() {
		return this.problems;
	}

	@Nullable Long steadyMs() {
		return this.steadyMs;
	}

	@Nullable CommandResult command() {
		return this.command;
	}

}
