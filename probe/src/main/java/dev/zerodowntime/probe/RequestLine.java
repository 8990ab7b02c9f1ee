package dev.zerodowntime.probe;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * One of several requests that are sent in turn.
 *
 * @param method the HTTP method
 * @param path path and query
 * @param status the only status that is not a loss; {@code null}: those that the whole
 * run expects
 * @param body the content, may be empty
 */
record RequestLine(String method, String path, @Nullable Integer status, String body) {

	private static final Pattern SYNTAX = Pattern
		.compile("(?:([A-Za-z]+)\\s+)?(/\\S*)(?:\\s+(\\d{3}))?(?:\\s+(\\S.*))?");

	/**
	 * Reads {@code [METHOD] PATH [STATUS] [BODY]}.
	 * @throws IllegalArgumentException if it is something else
	 */
	static RequestLine parse(String line) {
		Matcher parts = SYNTAX.matcher(line.strip());
		if (!parts.matches()) {
			throw new IllegalArgumentException(
					"not a request such as 'GET /' or 'POST /api/entries 201 {\"name\":\"x\"}': " + line.strip());
		}
		String method = (parts.group(1) != null) ? parts.group(1).toUpperCase(Locale.ROOT) : "GET";
		Integer status = (parts.group(3) != null) ? Integer.valueOf(parts.group(3)) : null;
		return new RequestLine(method, parts.group(2), status, (parts.group(4) != null) ? parts.group(4) : "");
	}

	/** How a report calls it: as it was written, without its content. */
	String name() {
		return this.method + " " + this.path;
	}

	boolean isDifferentEachTime() {
		return (this.path + this.body).contains("{{");
	}

	/**
	 * Fills in <code>{{uuid}}</code>, <code>{{counter}}</code> and <code>{{now}}</code>.
	 */
	RequestLine filled(AtomicLong counter) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		String uuid = new UUID(random.nextLong(), random.nextLong()).toString();
		String count = Long.toString(counter.incrementAndGet());
		String now = Instant.now().toString();
		return new RequestLine(this.method, fill(this.path, uuid, count, now), this.status,
				fill(this.body, uuid, count, now));
	}

	private static String fill(String text, String uuid, String count, String now) {
		return text.replace("{{uuid}}", uuid).replace("{{counter}}", count).replace("{{now}}", now);
	}

}
