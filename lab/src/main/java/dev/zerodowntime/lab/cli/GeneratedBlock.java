package dev.zerodowntime.lab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.zerodowntime.lab.LabException;

/**
 * A place in a page that a run fills: what stands between
 * {@code <!-- generated NAME: COMMAND -->} and {@code <!-- /generated -->} is that
 * command's own output, never typed by hand.
 */
public final class GeneratedBlock {

	private GeneratedBlock() {
	}

	/**
	 * Fills a place with what was printed, and adds the day and the machine.
	 * @param page a Markdown file
	 * @param name of the place
	 * @param printed lines as a terminal shows them
	 * @throws LabException if the page has no such place
	 * @throws IOException if the page can be neither read nor written
	 */
	public static void fill(Path page, String name, String printed) throws IOException {
		replace(page, name, measured("```text\n" + printed + "\n```"));
	}

	static void fillWithTable(Path page, String name, TextTable table) throws IOException {
		replace(page, name, measured(table.markdown()));
	}

	/** With a paragraph below the table. */
	static void fillWithTable(Path page, String name, TextTable table, String summary) throws IOException {
		replace(page, name, measured(table.markdown() + "\n\n" + summary + "."));
	}

	private static String measured(String text) {
		return text + "\n\n" + Machine.describe() + ".";
	}

	/**
	 * Asked before a measurement that is to be written there: afterwards it would be
	 * lost.
	 * @param page a Markdown file
	 * @param name of the place
	 * @throws LabException if the page has no such place
	 * @throws IOException if the page cannot be read
	 */
	static void requirePlace(Path page, String name) throws IOException {
		place(page, name);
	}

	static void replace(Path page, String name, String text) throws IOException {
		Files.writeString(page, place(page, name)
			.replaceFirst((match) -> Matcher.quoteReplacement(match.group(1) + text + "\n" + match.group(2))));
	}

	private static Matcher place(Path page, String name) throws IOException {
		Matcher marks = Pattern
			.compile("(<!-- generated %s: [^>]*-->\\n).*?(<!-- /generated -->)".formatted(name), Pattern.DOTALL)
			.matcher(Files.readString(page));
		if (!marks.find()) {
			throw new LabException("no place for the generated %s in %s".formatted(name, page));
		}
		return marks;
	}

}
