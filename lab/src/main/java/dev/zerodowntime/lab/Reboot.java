package dev.zerodowntime.lab;

import java.net.URI;
import java.time.Duration;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The server went down and up again, and nobody logged in to help.
 *
 * @param limit how long the service was waited for
 * @param backAfter from the reboot's begin to the first good answer, {@code null} if
 * there was none within the limit
 */
public record Reboot(Duration limit, @Nullable Duration backAfter) {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final long POLL_MS = 100;

	/**
	 * Whether the service came back by itself.
	 * @return true if it answered within the limit
	 */
	public boolean isBack() {
		return this.backAfter != null;
	}

	/**
	 * Reboots a server and waits for its service, 30 seconds at most.
	 * @param server which one
	 * @param answers whether what it answers is good; asked ten times a second, with the
	 * server's {@linkplain LittleServer#url() address}
	 * @return how it went
	 * @throws LabException if the server is gone
	 */
	public static Reboot of(LittleServer server, Predicate<URI> answers) {
		long begin = System.nanoTime();
		server.reboot();
		while (System.nanoTime() - begin < LIMIT.toNanos()) {
			if (answers.test(server.url())) {
				return new Reboot(LIMIT, Duration.ofNanos(System.nanoTime() - begin));
			}
			pause();
		}
		return new Reboot(LIMIT, null);
	}

	private static void pause() {
		try {
			Thread.sleep(POLL_MS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LabException("interrupted while waiting for the service after a reboot", ex);
		}
	}

}
