package dev.zerodowntime.probe.wire;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.DropKind;
import dev.zerodowntime.probe.pacing.Clock;
import dev.zerodowntime.probe.pacing.Faults;
import dev.zerodowntime.probe.pacing.Schedule.Slot;
import dev.zerodowntime.probe.pacing.SleepCheck;
import org.jspecify.annotations.Nullable;

/**
 * Puts requests on the wire, each exactly once, and delivers exactly one answer for each.
 * Nothing here repeats a request: a failure is the outcome.
 */
public final class Sender implements AutoCloseable {

	private final Target target;

	private final Clock clock;

	private final long timeoutNanos;

	private final Consumer<Answer> answers;

	private final Watchdog watchdog;

	private final Faults faults;

	private final Map<DropKind, String> reasons = new ConcurrentHashMap<>();

	private final IdleConnections idle = new IdleConnections(System::nanoTime);

	// Blocking calls on a thread each: a stalled server must not hold up the next slot.
	private final ThreadPoolExecutor threads;

	/**
	 * Create a sender.
	 * @param target what is asked
	 * @param clock the measurement's
	 * @param timeoutNanos how long an answer may take
	 * @param answers what gets every outcome
	 * @param threadEnds what each of its threads calls last
	 * @param faults where faults of the probe itself are added
	 */
	public Sender(Target target, Clock clock, long timeoutNanos, Consumer<Answer> answers, Runnable threadEnds,
			Faults faults) {
		this.target = target;
		this.clock = clock;
		this.timeoutNanos = timeoutNanos;
		this.answers = answers;
		this.watchdog = new Watchdog(clock, timeoutNanos, faults);
		this.faults = faults;
		// Loaded now: without file handles no class can be loaded.
		Failures.kindOf(Phase.DUE, false, new ClosedBeforeAnswerException());
		this.threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(),
				(work) -> {
					Thread thread = new Thread(() -> {
						work.run();
						threadEnds.run();
					}, "probe-sender");
					thread.setDaemon(true);
					return thread;
				});
	}

	/** Sends the request of this slot now and returns at once. */
	public void send(Slot slot) {
		Attempt attempt = new Attempt(slot);
		this.watchdog.watch(attempt);
		try {
			this.threads.execute(() -> performOrFail(attempt));
		}
		catch (OutOfMemoryError error) {
			// The system gives no more threads.
			deliver(attempt, this.clock.now(), DropKind.NOT_SENT, null);
		}
		catch (RuntimeException ex) {
			this.faults.add("a request failed in the probe itself: " + ex);
			deliver(attempt, this.clock.now(), DropKind.NOT_SENT, null);
		}
	}

	/** The message of the first failure of this kind, empty if it has none. */
	public Optional<String> reason(DropKind kind) {
		return Optional.ofNullable(this.reasons.get(kind));
	}

	/** Whether and how long this machine was suspended. */
	public SleepCheck sleep() {
		return this.watchdog.sleep();
	}

	/** The due time of the oldest request without an outcome, or {@code otherwise}. */
	public long oldestPending(long otherwise) {
		return this.watchdog.oldestPending(otherwise);
	}

	private void performOrFail(Attempt attempt) {
		try {
			perform(attempt);
		}
		catch (RuntimeException | Error ex) {
			// The probe's own fault, not the server's.
			attempt.settle();
			this.faults.add("a request failed in the probe itself: " + ex);
			if (!attempt.isDone()) {
				deliver(attempt, this.clock.now(), DropKind.NOT_SENT, null);
			}
		}
	}

	private void perform(Attempt attempt) {
		long sent = this.clock.now();
		attempt.setDeadline(sent + this.timeoutNanos);
		DropKind drop;
		String version = null;
		Connection connection = null;
		boolean reusable = false;
		int keepAliveSeconds = 0;
		try {
			try {
				connection = connect(attempt);
				Response response = connection.exchange(this.target, attempt);
				version = response.version();
				keepAliveSeconds = response.keepAliveSeconds();
				reusable = response.reusable() && attempt.slot().mode() == ConnectionMode.KEEP_ALIVE;
				drop = this.target.judge(attempt.slot(), response);
				if (attempt.settle()) {
					// The last byte and the deadline met: the connection is gone already.
					reusable = false;
					drop = DropKind.TIMEOUT;
				}
			}
			catch (IOException ex) {
				drop = failed(attempt, ex);
			}
			deliver(attempt, sent, drop, version);
		}
		finally {
			if (connection != null) {
				release(connection, reusable, keepAliveSeconds);
			}
		}
	}

	private DropKind failed(Attempt attempt, IOException failure) {
		DropKind kind = Failures.kindOf(attempt.phase(), attempt.settle(), failure);
		if (failure.getMessage() != null) {
			this.reasons.putIfAbsent(kind, failure.getMessage());
		}
		return kind;
	}

	private Connection connect(Attempt attempt) throws IOException {
		if (attempt.slot().mode() == ConnectionMode.KEEP_ALIVE) {
			Connection connection = this.idle.take();
			if (connection != null) {
				attempt.use(connection.channel());
				return connection;
			}
		}
		return Connection.open(this.target, attempt);
	}

	private void release(Connection connection, boolean reusable, int keepAliveSeconds) {
		if (reusable) {
			this.idle.put(connection, keepAliveSeconds);
		}
		else {
			connection.close();
		}
	}

	private void deliver(Attempt attempt, long sent, @Nullable DropKind drop, @Nullable String version) {
		Slot slot = attempt.slot();
		try {
			this.answers
				.accept(new Answer(slot.mode(), slot.number(), slot.dueNanos(), sent, this.clock.now(), drop, version));
		}
		catch (RuntimeException | Error ex) {
			this.faults.add("an outcome could not be recorded: " + ex);
		}
		finally {
			// Only now: who waits for the last outcome must find it delivered.
			attempt.done();
		}
	}

	@Override
	public void close() {
		this.threads.shutdown();
		this.watchdog.close();
		this.idle.close();
	}

}
