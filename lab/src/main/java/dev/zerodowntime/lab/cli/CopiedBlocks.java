package dev.zerodowntime.lab.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.zerodowntime.lab.LabException;

/**
 * Figures in pages that are no stage's own: copies of the generated blocks, so that no
 * page has a number that was typed. What stands between
 * {@code <!-- copy: PAGE BLOCK; LABEL; LABEL -->} and {@code <!-- /copy -->} is that
 * block of that page; with labels, only the lines that begin with one of them.
 */
final class CopiedBlocks {

	private static final Pattern COPY = Pattern.compile("(<!-- copy: ([^>]*) -->\\n)(.*?)(<!-- /copy -->)",
			Pattern.DOTALL);

	private static final Set<String> NO_PAGES = Set.of("target", "node_modules", "report");

	private CopiedBlocks() {
	}

	/**
	 * Brings the copies in all pages up to date.
	 * @param root the repository
	 * @return the pages that were not
	 */
	static List<Path> update(Path root) throws IOException {
		List<Path> stale = new ArrayList<>();
		for (Path page : pages(root)) {
			String text = Files.readString(page);
			String current = current(root, text);
			if (!current.equals(text)) {
				Files.writeString(page, current);
				stale.add(page);
			}
		}
		return stale;
	}

	static List<Path> pages(Path root) throws IOException {
		try (Stream<Path> files = Files.walk(root, 4)) {
			return files.filter((file) -> file.getFileName().toString().endsWith(".md"))
				.filter((file) -> isPage(root.relativize(file)))
				.sorted()
				.toList();
		}
	}

	private static boolean isPage(Path file) {
		for (Path part : file) {
			if (NO_PAGES.contains(part.toString()) || part.toString().startsWith(".")) {
				return false;
			}
		}
		return true;
	}

	/** The text with every copy as it has to be. */
	static String current(Path root, String text) {
		return COPY.matcher(text).replaceAll((copy) -> Matcher.quoteReplacement(copy(root, copy)));
	}

	private static String copy(Path root, MatchResult copy) {
		List<String> what = Arrays.stream(copy.group(2).split(";")).map(String::strip).toList();
		String[] source = what.get(0).split(" ");
		String block = block(root.resolve(source[0]), (source.length > 1) ? source[1] : "");
		return copy.group(1) + only(what.subList(1, what.size()), block) + copy.group(4);
	}

	private static String block(Path page, String name) {
		Pattern marks = Pattern.compile("<!-- generated%s -->\\n(.*?)<!-- /generated -->"
			.formatted(name.isEmpty() ? "" : " " + name + ":[^>]*"), Pattern.DOTALL);
		try {
			Matcher block = marks.matcher(Files.readString(page));
			if (!block.find()) {
				throw new LabException("%s has no generated block '%s' to copy".formatted(page, name));
			}
			return block.group(1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String only(List<String> labels, String block) {
		if (labels.isEmpty()) {
			return block;
		}
		for (String label : labels) {
			if (block.lines().noneMatch((line) -> begins(line, label))) {
				throw new LabException("no line of the generated block begins with '%s'".formatted(label));
			}
		}
		StringBuilder kept = new StringBuilder();
		int row = 0;
		for (String line : block.lines().toList()) {
			row = line.startsWith("|") ? row + 1 : 0;
			boolean frame = line.isBlank() || line.startsWith("```") || line.startsWith("Measured on ")
					|| (row > 0 && row <= 2);
			if (frame || labels.stream().anyMatch((label) -> begins(line, label))) {
				kept.append(line).append('\n');
			}
		}
		return kept.toString();
	}

	private static boolean begins(String line, String label) {
		return line.startsWith("| " + label + " |") || line.strip().startsWith(label);
	}

}
