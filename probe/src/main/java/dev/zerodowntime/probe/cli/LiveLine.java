package dev.zerodowntime.probe.cli;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.Probe;
import dev.zerodowntime.probe.Progress;
import dev.zerodowntime.probe.report.LiveStatus;

/** The line that tells how far the measurement has come; nothing unless at a terminal. */
public final class LiveLine implements AutoCloseable {

	private static final long REFRESH_MS = 250;

	private final Terminal terminal;

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor((work) -> {
		Thread thread = new Thread(work, "probe-live-line");
		thread.setDaemon(true);
		return thread;
	});

	private LiveLine(Probe probe, Terminal terminal) {
		this.terminal = terminal;
		if (terminal.interactive()) {
			this.timer.scheduleAtFixedRate(() -> terminal.live(status(probe.progress())), 0, REFRESH_MS,
					TimeUnit.MILLISECONDS);
		}
	}

	/**
	 * Shows the line until it is closed.
	 * @param probe whose measurement
	 * @param terminal where
	 * @return the line
	 */
	public static LiveLine on(Probe probe, Terminal terminal) {
		return new LiveLine(probe, terminal);
	}

	private static LiveStatus status(Progress progress) {
		return new LiveStatus(Duration.ofMillis(progress.elapsedMs()), switch (progress.stage()) {
			case WARMING_UP -> "warm-up";
			case BASELINE -> "baseline";
			case ACTION -> "command";
			case SETTLING -> "settling";
			case MEASURING -> "measuring";
			case FINISHING -> "finishing";
		}, progress.answered(), progress.dropped());
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
		try {
			// A last refresh may be under way; what is printed next must not meet it.
			this.timer.awaitTermination(1, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.terminal.eraseLive();
	}

}
