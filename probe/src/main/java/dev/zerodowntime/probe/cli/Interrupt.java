package dev.zerodowntime.probe.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.Probe;
import org.jspecify.annotations.Nullable;

/** Ctrl-C ends the measurement, and what it found is still reported. */
final class Interrupt implements AutoCloseable {

	/** For the last answers and the report, beyond a request's timeout. */
	private static final long MARGIN_SECONDS = 15;

	private final CountDownLatch finished = new CountDownLatch(1);

	private final Terminal terminal;

	private final long limitSeconds;

	private final Thread hook;

	private Interrupt(Probe probe, Duration timeout, @Nullable MeasuredCommand command, Terminal terminal) {
		this.terminal = terminal;
		this.limitSeconds = timeout.toSeconds() + MARGIN_SECONDS;
		this.hook = new Thread(() -> {
			probe.stop();
			if (command != null) {
				command.stop();
			}
			awaitReport();
		}, "probe-interrupt");
	}

	static Interrupt stops(Probe probe, Duration timeout, @Nullable MeasuredCommand command, Terminal terminal) {
		Interrupt interrupt = new Interrupt(probe, timeout, command, terminal);
		Runtime.getRuntime().addShutdownHook(interrupt.hook);
		return interrupt;
	}

	private void awaitReport() {
		try {
			if (!this.finished.await(this.limitSeconds, TimeUnit.SECONDS)) {
				this.terminal.progress("no report within " + this.limitSeconds + " s of the interrupt");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.finished.countDown();
		try {
			Runtime.getRuntime().removeShutdownHook(this.hook);
		}
		catch (IllegalStateException ex) {
			// It is running: this was the interrupt.
		}
	}

}
