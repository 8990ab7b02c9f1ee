package dev.zerodowntime.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The entries that visitors leave with a stage's service, and which of them are still
 * there. For content only: this client may send a request again, and counts nothing.
 */
class GuestBook {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

	private final List<String> signed = new ArrayList<>();

	/**
	 * Leaves entries.
	 * @throws LabException if one is refused
	 */
	void sign(URI service, int entries) {
		for (int i = 0; i < entries; i++) {
			String message = "I was here " + UUID.randomUUID();
			String body = "{ \"name\": \"visitor %d\", \"message\": \"%s\" }".formatted(i + 1, message);
			HttpResponse<String> answer = send(HttpRequest.newBuilder(service.resolve("/api/entries"))
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString(body)))
				.orElseThrow(() -> new LabException("the guest book does not answer at " + service));
			if (answer.statusCode() != 201) {
				throw new LabException("the guest book at %s refuses an entry with status %d: %s".formatted(service,
						answer.statusCode(), answer.body()));
			}
			this.signed.add(message);
		}
	}

	/**
	 * Looks which of the entries are still there.
	 * @return empty if nobody answers
	 */
	Optional<Kept> check(URI service) {
		return send(HttpRequest.newBuilder(service.resolve("/api/entries")))
			.filter((answer) -> answer.statusCode() == 200)
			.map((answer) -> new Kept(this.signed.size(),
					(int) this.signed.stream().filter((message) -> !answer.body().contains(message)).count(),
					answer.headers().firstValue("X-App-Version").orElse("unknown")));
	}

	private Optional<HttpResponse<String>> send(HttpRequest.Builder request) {
		try {
			return Optional.of(this.client.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString()));
		}
		catch (IOException ex) {
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LabException("interrupted while waiting for " + request.build().uri(), ex);
		}
	}

}
