package dev.zerodowntime.probe.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A header of a request.
 *
 * @param name its name
 * @param value its value
 */
public record Header(String name, String value) {

	private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

	private static final Pattern SYNTAX = Pattern.compile("\\s*(" + TOKEN + "):(.*)");

	public Header {
		requireName(name);
		if (value.chars().anyMatch((each) -> each < ' ' && each != '\t')) {
			throw new IllegalArgumentException("a header value has no line breaks");
		}
	}

	/**
	 * Checks a header's name.
	 * @throws IllegalArgumentException if it is none
	 */
	public static void requireName(String name) {
		if (!name.matches(TOKEN)) {
			throw new IllegalArgumentException("not a header name: " + name);
		}
	}

	/**
	 * Reads {@code NAME: VALUE}.
	 * @throws IllegalArgumentException if it is something else
	 */
	public static Header parse(String line) {
		Matcher parts = SYNTAX.matcher(line);
		if (!parts.matches()) {
			throw new IllegalArgumentException("not a header such as 'Accept: text/html': " + line.strip());
		}
		return new Header(parts.group(1), parts.group(2).strip());
	}

	boolean isNamed(String other) {
		return this.name.equalsIgnoreCase(other);
	}

}
