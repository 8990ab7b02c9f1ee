package dev.zerodowntime.probe.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.Probe;
import org.jspecify.annotations.Nullable;

/** Ctrl-C ends the measurement, and what it found is still reported. */
final class Interrupt implements AutoCloseable {

	/** A request's timeout and writing the report, with room to spare. */
	private static final long LIMIT_SECONDS = 30;

	private final CountDownLatch finished = new CountDownLatch(1);

	private final Terminal terminal;

	private final Thread hook;

	private Interrupt(Probe probe, @Nullable MeasuredCommand command, Terminal terminal) {
		this.terminal = terminal;
		this.hook = new Thread(() -> {
			probe.stop();
			if (command != null) {
				command.stop();
			}
			awaitReport();
		}, "probe-interrupt");
	}

	static Interrupt stops(Probe probe, @Nullable MeasuredCommand command, Terminal terminal) {
		Interrupt interrupt = new Interrupt(probe, command, terminal);
		Runtime.getRuntime().addShutdownHook(interrupt.hook);
		return interrupt;
	}

	private void awaitReport() {
		try {
			if (!this.finished.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
				this.terminal.progress("no report within " + LIMIT_SECONDS + " s of the interrupt");
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
