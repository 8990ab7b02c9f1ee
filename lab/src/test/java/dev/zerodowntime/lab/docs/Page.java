package dev.zerodowntime.lab.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.zerodowntime.lab.Stage;

/**
 * A Markdown page, as far as the checks have to understand it.
 *
 * @param path where it is
 * @param lines its lines
 */
public record Page(Path path, List<String> lines) {

	private static final Set<String> NO_PAGES = Set.of("target", "node_modules", "report");

	private static final Pattern FENCE = Pattern.compile("\\s*```+\\s*(\\S*).*");

	private static final Pattern HEADING = Pattern.compile("(#{1,6}) +(.*?)\\s*");

	private static final Pattern LINK = Pattern.compile("\\[(?:[^\\[\\]]|\\[[^\\]]*\\])*\\]\\(([^()\\s]+)\\)");

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	/**
	 * All pages of this repository.
	 * @return the pages, sorted
	 */
	public static List<Page> all() {
		Path root = Stage.root();
		try (Stream<Path> files = Files.walk(root, 4)) {
			return files.filter((file) -> file.getFileName().toString().endsWith(".md"))
				.filter((file) -> isPage(root.relativize(file)))
				.sorted()
				.map(Page::read)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Page read(Path file) {
		try {
			return of(file, Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static Page of(Path file, String text) {
		return new Page(file, List.of(text.split("\n", -1)));
	}

	private static boolean isPage(Path file) {
		for (Path part : file) {
			if (NO_PAGES.contains(part.toString()) || part.toString().startsWith(".")) {
				return false;
			}
		}
		return true;
	}

	String text() {
		return String.join("\n", this.lines);
	}

	@Override
	public String toString() {
		return this.path.startsWith(Stage.root()) ? Stage.root().relativize(this.path).toString()
				: this.path.getFileName().toString();
	}

	/**
	 * The fenced blocks.
	 * @return the blocks, in order
	 */
	public List<Fence> fences() {
		List<Fence> fences = new ArrayList<>();
		String language = null;
		String before = "";
		List<String> inside = new ArrayList<>();
		for (String line : this.lines) {
			Matcher fence = FENCE.matcher(line);
			if (!fence.matches()) {
				inside.add(line);
				if (language == null && !line.isBlank()) {
					before = line;
				}
			}
			else if (language == null) {
				language = fence.group(1);
				inside = new ArrayList<>();
			}
			else {
				fences.add(new Fence(language, List.copyOf(inside), before));
				language = null;
				before = "";
			}
		}
		return fences;
	}

	/**
	 * What is not in a fenced block; in its place are empty lines.
	 * @return as many lines as the page has
	 */
	List<String> prose() {
		List<String> prose = new ArrayList<>();
		boolean fenced = false;
		for (String line : this.lines) {
			boolean fence = FENCE.matcher(line).matches();
			prose.add((fenced || fence) ? "" : line);
			fenced ^= fence;
		}
		return prose;
	}

	List<Heading> headings() {
		List<Heading> headings = new ArrayList<>();
		Map<String, Integer> seen = new HashMap<>();
		for (String line : prose()) {
			Matcher heading = HEADING.matcher(line);
			if (heading.matches()) {
				String anchor = anchor(heading.group(2));
				int before = seen.merge(anchor, 1, Integer::sum) - 1;
				headings.add(new Heading(heading.group(1).length(), heading.group(2),
						(before == 0) ? anchor : anchor + "-" + before));
			}
		}
		return headings;
	}

	// As GitHub makes it
	private static String anchor(String heading) {
		return heading.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
			.toLowerCase(Locale.ROOT)
			.replaceAll("[^\\p{L}\\p{N}\\p{M}_ -]", "")
			.replace(' ', '-');
	}

	/**
	 * Where its links lead.
	 * @return the targets as they are written
	 */
	List<String> links() {
		return prose().stream()
			.map((line) -> CODE.matcher(line).replaceAll("code"))
			.flatMap((line) -> LINK.matcher(line).results())
			.map((link) -> link.group(1))
			.toList();
	}

	/**
	 * What stands in backticks within the text.
	 * @return the pieces of code, a line break within one as a space
	 */
	public List<String> code() {
		return Stream.of(String.join("\n", prose()).split("\n\\s*\n|\n(?=[-|#]|\\d+\\. )"))
			.flatMap((paragraph) -> CODE.matcher(paragraph.replaceAll("\\s*\n\\s*", " ")).results())
			.map((MatchResult code) -> code.group(1))
			.toList();
	}

	/** The tables: how many rows and columns each has. */
	List<String> tables() {
		List<String> tables = new ArrayList<>();
		int rows = 0;
		int columns = 0;
		for (String line : prose()) {
			if (line.startsWith("|")) {
				rows++;
				columns = CODE.matcher(line).replaceAll("code").split("\\|", -1).length - 2;
			}
			else if (rows > 0) {
				tables.add("%d rows of %d".formatted(rows, columns));
				rows = 0;
			}
		}
		return tables;
	}

	/**
	 * A fenced block.
	 *
	 * @param language what stands behind its backticks
	 * @param lines what is in it
	 * @param before the line before it that is not empty, empty if that is another block
	 */
	public record Fence(String language, List<String> lines, String before) {

		/**
		 * The commands without what explains them.
		 * @return the lines that are left
		 */
		public List<String> commands() {
			return this.lines.stream()
				.map((line) -> line.replaceAll("(^|\\s)#.*", "").stripTrailing())
				.filter((line) -> !line.isBlank())
				.toList();
		}

	}

	record Heading(int level, String text, String anchor) {
	}

}
