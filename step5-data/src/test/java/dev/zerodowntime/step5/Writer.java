package dev.zerodowntime.step5;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.zerodowntime.lab.LittleServer;

/** Writes entries, and knows which of them were acknowledged. */
final class Writer {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

	private final List<String> acknowledged = new CopyOnWriteArrayList<>();

	/** Writes entries one after the other. */
	void write(URI service, int count) {
		for (int i = 0; i < count; i++) {
			if (!write(service)) {
				throw new IllegalStateException("entry " + i + " was refused");
			}
		}
	}

	/** Begins to write one entry after the other, until one is not acknowledged. */
	Thread writeUntilItFails(URI service) {
		Thread thread = new Thread(() -> {
			while (write(service)) {
				// The next one
			}
		}, "writer");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	/** Waits, a minute at most, until so many were acknowledged. */
	void await(int count) throws InterruptedException {
		long deadline = System.nanoTime() + LIMIT.toNanos();
		while (this.acknowledged.size() < count) {
			if (System.nanoTime() > deadline) {
				throw new IllegalStateException("only %d of %d entries were acknowledged within %s"
					.formatted(this.acknowledged.size(), count, LIMIT));
			}
			Thread.sleep(10);
		}
	}

	int acknowledged() {
		return this.acknowledged.size();
	}

	/** Which of those that were acknowledged cannot be read. */
	List<String> missing(URI service) {
		try {
			HttpResponse<String> answer = this.client.send(
					HttpRequest.newBuilder(service.resolve("/api/entries")).timeout(TIMEOUT).build(),
					BodyHandlers.ofString());
			if (answer.statusCode() != 200) {
				throw new IllegalStateException("the entries are answered with " + answer.statusCode());
			}
			return this.acknowledged.stream().filter((message) -> !answer.body().contains(message)).toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException("the entries cannot be read: " + ex, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** The same, as soon as the service answers again; a minute at most. */
	List<String> awaitMissing(LittleServer server) throws InterruptedException {
		long deadline = System.nanoTime() + LIMIT.toNanos();
		while (true) {
			try {
				return missing(server.url());
			}
			catch (IllegalStateException ex) {
				if (System.nanoTime() > deadline) {
					throw ex;
				}
				Thread.sleep(200);
			}
		}
	}

	private boolean write(URI service) {
		String message = "written " + UUID.randomUUID();
		try {
			HttpResponse<Void> answer = this.client.send(HttpRequest.newBuilder(service.resolve("/api/entries"))
				.timeout(TIMEOUT)
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString("{ \"name\": \"writer\", \"message\": \"" + message + "\" }"))
				.build(), BodyHandlers.discarding());
			return answer.statusCode() == 201 && this.acknowledged.add(message);
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
