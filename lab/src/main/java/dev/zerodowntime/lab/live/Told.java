package dev.zerodowntime.lab.live;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.LabException;
import dev.zerodowntime.lab.LittleServer;
import org.jspecify.annotations.Nullable;

/**
 * Follows what the scripts on a little server say, whoever started them:
 * {@code ./workshop deploy} in another terminal, or the page. Both run them through the
 * server's command {@code told}, which writes it down.
 */
final class Told implements AutoCloseable {

	private static final String COMMAND = "told";

	private static final String PREFIX = "told: ";

	/** Looks twenty times a second, where the file system does not tell of a change. */
	private static final String FOLLOW = "touch /tmp/told; echo $$; exec tail -n 0 -s 0.05 -f /tmp/told";

	private static final Duration LIMIT = Duration.ofHours(24);

	private static final long START_SECONDS = 20;

	private final LittleServer server;

	private final Listener listener;

	private final CountDownLatch following = new CountDownLatch(1);

	private final Thread thread = new Thread(this::follow, "live-told");

	private volatile @Nullable String pid;

	private volatile boolean closed;

	private Told(LittleServer server, Listener listener) {
		this.server = server;
		this.listener = listener;
		this.thread.setDaemon(true);
	}

	/**
	 * Begins to follow; returns when nothing said from now on is missed.
	 * @throws LabException if the server is gone
	 */
	static Told follow(LittleServer server, Listener listener) {
		Told told = new Told(server, listener);
		told.thread.start();
		try {
			if (!told.following.await(START_SECONDS, TimeUnit.SECONDS)) {
				throw new LabException("waited %d s for the %s server to tell what its scripts say, in vain"
					.formatted(START_SECONDS, server.stage().name()));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return told;
	}

	/** Runs a script so that those who follow hear of it. */
	static Execution run(LittleServer server, Duration limit, String... command) {
		String[] told = Stream.concat(Stream.of(COMMAND), Stream.of(command)).toArray(String[]::new);
		return server.exec(limit, (line) -> {
		}, told);
	}

	private void follow() {
		try {
			this.server.exec(LIMIT, this::hear, "sh", "-c", FOLLOW);
		}
		catch (LabException ex) {
			// How it ended is told below
		}
		this.following.countDown();
		if (!this.closed) {
			this.listener.gone();
		}
	}

	private void hear(String line) {
		if (this.pid == null) {
			this.pid = line;
			this.following.countDown();
		}
		else if (line.startsWith(PREFIX + "begin ")) {
			this.listener.begun(line.substring((PREFIX + "begin ").length()));
		}
		else if (line.startsWith(PREFIX + "end ")) {
			String[] end = line.substring((PREFIX + "end ").length()).split(" ", 2);
			this.listener.ended(end[end.length - 1], end[0]);
		}
		else {
			this.listener.said(line);
		}
	}

	@Override
	public void close() {
		this.closed = true;
		String follower = this.pid;
		if (follower != null) {
			try {
				this.server.exec("kill", follower);
			}
			catch (LabException ex) {
				// The server is gone, and the follower with it
			}
		}
	}

	/** Hears what is said, in order, on one thread. */
	interface Listener {

		/** A script was started: the command and its arguments. */
		void begun(String command);

		/** It wrote a line. */
		void said(String line);

		/** A script that was begun has ended with this exit status. */
		void ended(String command, String status);

		/** Nothing more will come: the server is gone. */
		void gone();

	}

}
