package dev.zerodowntime.lab.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.zerodowntime.lab.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What follows {@code <!-- from: PATH -->}, a fenced block or a table, stands in that
 * file, line by line.
 */
class ExcerptsTest {

	private static final Pattern FROM = Pattern.compile("<!-- from: (\\S+) -->");

	@TempDir
	private Path folder;

	@Test
	void shouldStandInTheirFiles() throws IOException {
		List<String> problems = new ArrayList<>();
		int excerpts = 0;
		for (Page page : Page.all()) {
			excerpts += FROM.matcher(page.text()).results().count();
			problems.addAll(problems(page, Stage.root()));
		}
		assertEquals("", String.join("\n", problems));
		assertTrue(excerpts > 4, "excerpts: " + excerpts);
	}

	@Test
	void shouldFindWhatHasChanged() throws IOException {
		Files.writeString(this.folder.resolve("a.sh"), "one\n\ttwo\n\tthree\nfour\n");
		Files.writeString(this.folder.resolve("b.md"), "| a | b |\n| --- | --- |\n| 1 | 2 |\n");
		String text = """
				<!-- from: a.sh -->
				```sh
				two
				three
				```
				<!-- from: b.md -->
				| a | b |
				| --- | --- |
				| 1 | 2 |
				""";
		Path page = this.folder.resolve("page.md");
		assertEquals(List.of(), problems(Page.of(page, text), this.folder));
		assertEquals(List.of("page.md: not in a.sh: [two, four]"),
				problems(Page.of(page, text.replace("three", "four")), this.folder));
		assertEquals(List.of("page.md: not in b.md: [| a | b |, | --- | --- |, | 1 | 3 |]"),
				problems(Page.of(page, text.replace("| 1 | 2 |", "| 1 | 3 |")), this.folder));
		assertEquals(List.of("page.md: no c.sh"), problems(Page.of(page, text.replace("a.sh", "c.sh")), this.folder));
	}

	private static List<String> problems(Page page, Path root) throws IOException {
		List<String> problems = new ArrayList<>();
		for (int i = 0; i < page.lines().size(); i++) {
			Matcher from = FROM.matcher(page.lines().get(i));
			if (!from.matches()) {
				continue;
			}
			Path file = root.resolve(from.group(1));
			List<String> excerpt = stripped(excerpt(page.lines().subList(i + 1, page.lines().size())));
			if (!Files.isRegularFile(file)) {
				problems.add(page + ": no " + from.group(1));
			}
			else if (excerpt.isEmpty() || Collections.indexOfSubList(stripped(Files.readAllLines(file)), excerpt) < 0) {
				problems.add("%s: not in %s: %s".formatted(page, from.group(1), excerpt));
			}
		}
		return problems;
	}

	private static List<String> excerpt(List<String> following) {
		boolean fenced = following.get(0).startsWith("```");
		return following.stream()
			.skip(fenced ? 1 : 0)
			.takeWhile((line) -> fenced ? !line.startsWith("```") : line.startsWith("|"))
			.toList();
	}

	/** An excerpt may stand further left. */
	private static List<String> stripped(List<String> lines) {
		return lines.stream().map(String::strip).toList();
	}

}
