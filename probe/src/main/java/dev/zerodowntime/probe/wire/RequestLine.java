package dev.zerodowntime.probe.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * One of several requests that are sent in turn.
 *
 * @param weight how often it is sent, compared with the others
 * @param method the HTTP method
 * @param path path and query
 * @param status the only status that is not a loss; {@code null}: those that the whole
 * run expects
 * @param headers in their order
 * @param body the content, may be empty
 */
public record RequestLine(int weight, String method, String path, @Nullable Integer status, List<Header> headers,
		String body) {

	static final int MAX_WEIGHT = 100;

	private static final Pattern SYNTAX = Pattern
		.compile("(?:(\\d{1,9})x\\s+)?(?:([A-Za-z]+)\\s+)?(/\\S*)(?:\\s+(\\d{3}))?(?:\\s+(\\S.*))?");

	public RequestLine {
		headers = List.copyOf(headers);
	}

	/**
	 * Reads {@code [Nx] [METHOD] PATH [STATUS] [BODY]} and, on further lines, headers.
	 * @throws IllegalArgumentException if it is something else
	 */
	public static RequestLine parse(String text) {
		List<String> lines = text.strip().lines().toList();
		String line = lines.isEmpty() ? "" : lines.get(0).strip();
		Matcher parts = SYNTAX.matcher(line);
		if (!parts.matches()) {
			throw new IllegalArgumentException(
					"not a request such as 'GET /' or 'POST /api/entries 201 {\"name\":\"x\"}': " + line);
		}
		int weight = (parts.group(1) != null) ? Integer.parseInt(parts.group(1)) : 1;
		if (weight < 1 || weight > MAX_WEIGHT) {
			throw new IllegalArgumentException("a request has a weight from 1x to " + MAX_WEIGHT + "x: " + line);
		}
		String method = (parts.group(2) != null) ? parts.group(2).toUpperCase(Locale.ROOT) : "GET";
		Integer status = (parts.group(4) != null) ? Integer.valueOf(parts.group(4)) : null;
		return new RequestLine(weight, method, parts.group(3), status,
				lines.stream().skip(1).filter((each) -> !each.isBlank()).map(Header::parse).toList(),
				(parts.group(5) != null) ? parts.group(5) : "");
	}

	/** How a report calls it: as it was written, without its content. */
	String name() {
		return this.method + " " + this.path;
	}

	/** Whether something is filled in. */
	boolean isDifferentEachTime() {
		return (this.path + this.body).contains("{{")
				|| this.headers.stream().anyMatch((header) -> header.value().contains("{{"));
	}

	boolean hasHeader(String name) {
		return this.headers.stream().anyMatch((header) -> header.isNamed(name));
	}

	/** Adds headers; this request's own of the same name replace them. */
	RequestLine withHeaders(List<Header> others) {
		List<Header> all = new ArrayList<>(others);
		all.removeIf((header) -> hasHeader(header.name()));
		all.addAll(this.headers);
		return new RequestLine(this.weight, this.method, this.path, this.status, all, this.body);
	}

	/**
	 * Fills in <code>{{uuid}}</code>, <code>{{counter}}</code> and <code>{{now}}</code>.
	 */
	RequestLine filled(AtomicLong counter) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		String uuid = new UUID(random.nextLong(), random.nextLong()).toString();
		String count = Long.toString(counter.incrementAndGet());
		String now = Instant.now().toString();
		UnaryOperator<String> fill = (
				text) -> text.replace("{{uuid}}", uuid).replace("{{counter}}", count).replace("{{now}}", now);
		return new RequestLine(this.weight, this.method, fill.apply(this.path), this.status,
				this.headers.stream().map((header) -> new Header(header.name(), fill.apply(header.value()))).toList(),
				fill.apply(this.body));
	}

}
