package dev.zerodowntime.probe.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statuses of correct answers.
 *
 * @param text as it was given, such as {@code 200-299,304}
 * @param ranges the same, read
 */
public record StatusSet(String text, List<Range> ranges) {

	/** Success, and "not modified". A redirect is not the answer a client asked for. */
	public static final StatusSet DEFAULT = parse("200-299,304");

	private static final int MIN = 100;

	private static final int MAX = 599;

	/**
	 * Reads statuses and ranges of them, separated by commas.
	 * @throws IllegalArgumentException if the text is anything else
	 */
	public static StatusSet parse(String text) {
		List<Range> ranges = new ArrayList<>();
		for (String part : text.split(",", -1)) {
			Matcher form = Pattern.compile("\\s*([1-5]\\d\\d)(?:-([1-5]\\d\\d))?\\s*").matcher(part);
			if (!form.matches()) {
				throw wrong(text);
			}
			int from = Integer.parseInt(form.group(1));
			int to = (form.group(2) != null) ? Integer.parseInt(form.group(2)) : from;
			if (from > to) {
				throw wrong(text);
			}
			ranges.add(new Range(from, to));
		}
		return new StatusSet(text.replace(" ", ""), List.copyOf(ranges));
	}

	private static IllegalArgumentException wrong(String text) {
		return new IllegalArgumentException(
				"not statuses from " + MIN + " to " + MAX + " such as '200-299,304': " + text);
	}

	boolean contains(int status) {
		return this.ranges.stream().anyMatch((range) -> range.from <= status && status <= range.to);
	}

	record Range(int from, int to) {
	}

}
