package dev.zerodowntime.probe.cli;

import java.util.function.BooleanSupplier;

import dev.zerodowntime.probe.Probe;
import dev.zerodowntime.probe.model.Events;

/**
 * Tells the measured command to end as soon as too much is lost. It is told once, and
 * gets the time it needs: a deploy script goes back to the release before, and that is
 * measured as well.
 */
final class FailFast implements AutoCloseable {

	private static final long LOOK_MS = 50;

	private final Thread thread;

	private volatile boolean ended;

	private FailFast(BooleanSupplier tooMuch, BooleanSupplier tell) {
		this.thread = new Thread(() -> watch(tooMuch, tell), "probe-fail-fast");
		this.thread.setDaemon(true);
	}

	/**
	 * Begins to watch, until closed.
	 * @param probe what counts the losses
	 * @param limit how many are accepted
	 * @param command what is told
	 * @param events where that is noted
	 */
	static FailFast watch(Probe probe, long limit, MeasuredCommand command, Events events) {
		FailFast failFast = new FailFast(() -> probe.judgedDrops() > limit, () -> {
			// Not before it runs: the losses may have begun earlier
			boolean asked = command.askToEnd();
			if (asked) {
				events.mark("more than %d requests lost: command told to end".formatted(limit));
			}
			return asked;
		});
		failFast.thread.start();
		return failFast;
	}

	private void watch(BooleanSupplier tooMuch, BooleanSupplier tell) {
		try {
			while (!this.ended) {
				if (tooMuch.getAsBoolean() && tell.getAsBoolean()) {
					return;
				}
				Thread.sleep(LOOK_MS);
			}
		}
		catch (InterruptedException ex) {
			// Closed
		}
	}

	@Override
	public void close() {
		this.ended = true;
		this.thread.interrupt();
	}

}
