package dev.zerodowntime.lab.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares what a page shows with what was printed. The words have to be the same, space
 * aside. A number may be another one, up to ten times more or less: machines differ. But
 * 0 is 0, what is not 0 is not, and a version (v2) or a status (http-502) is a word.
 */
final class Shown {

	private static final Pattern NUMBER = Pattern.compile("(?<![\\d.])(?<!\\bv)(?<!http-)\\d+(\\.\\d+)*");

	private static final double TIMES = 10;

	private Shown() {
	}

	/** The lines that nothing of what was printed is like. */
	static List<String> missing(List<String> shown, List<String> printed) {
		List<String> missing = new ArrayList<>();
		for (String line : shown) {
			if (!line.isBlank() && printed.stream().noneMatch((each) -> isLike(line, each))) {
				missing.add(line);
			}
		}
		return missing;
	}

	static boolean isLike(String shown, String printed) {
		if (!words(shown).equals(words(printed))) {
			return false;
		}
		List<Double> one = numbers(shown);
		List<Double> other = numbers(printed);
		for (int i = 0; i < one.size(); i++) {
			double least = Math.min(one.get(i), other.get(i));
			double most = Math.max(one.get(i), other.get(i));
			if (most > least * TIMES) {
				return false;
			}
		}
		return true;
	}

	private static String words(String line) {
		return NUMBER.matcher(line).replaceAll("#").replaceAll("\\s+", " ").strip();
	}

	private static List<Double> numbers(String line) {
		List<Double> numbers = new ArrayList<>();
		for (Matcher number = NUMBER.matcher(line); number.find();) {
			// Of a version only its first two parts
			numbers.add(Double.valueOf(number.group().replaceFirst("^(\\d+\\.\\d+).*", "$1")));
		}
		return numbers;
	}

}
