package dev.zerodowntime.lab.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.zerodowntime.lab.Stage;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a reader finds in one language is there in the other. */
class TwinsTest {

	private static final Pattern FIGURES = Pattern
		.compile("<!-- (?:generated|copy)[^>]* -->\\n(.*?)<!-- /(?:generated|copy) -->", Pattern.DOTALL);

	@Test
	void shouldSayTheSameInBothLanguages() {
		List<Page> english = Page.all().stream().filter((page) -> !twinOf(page.path()).equals(page.path())).toList();
		assertTrue(english.size() > 10, english::toString);
		List<String> differences = new ArrayList<>();
		for (Page page : english) {
			Path twin = twinOf(page.path());
			if (Files.exists(twin)) {
				differences.addAll(differences(page, Page.read(twin)));
			}
			else {
				differences.add(page + " has no twin " + Stage.root().relativize(twin));
			}
		}
		assertEquals("", String.join("\n", differences));
	}

	@Test
	void shouldHaveNoKoreanPageWithoutAnEnglishOne() {
		for (Page page : Page.all()) {
			String path = page.path().toString();
			if (path.contains("/docs/ko/") || path.endsWith(".ko.md")) {
				assertTrue(Files.exists(Path.of(path.replace("/docs/ko/", "/docs/en/").replace(".ko.md", ".md"))),
						page::toString);
			}
		}
	}

	@Test
	void shouldFindDifferences() {
		String text = """
				# Title
				## One
				[there](other.md)
				| a | b |
				| --- | --- |
				| 1 | 2 |

				```sh
				./workshop up step1   # comment
				```
				<!-- generated run: by a run -->
				281
				<!-- /generated -->
				""";
		assertEquals(List.of(),
				compare(text, text.replace("Title", "제목").replace("comment", "설명").replace("other.md", "other.ko.md")));
		assertEquals(List.of("headings"), compare(text, text.replace("## One", "### One")));
		assertEquals(List.of("commands"), compare(text, text.replace("up step1", "up step2")));
		assertEquals(List.of("figures"), compare(text, text.replace("281", "282")));
		assertEquals(List.of("tables"), compare(text, text.replace("| 1 | 2 |\n", "| 1 | 2 |\n| 3 | 4 |\n")));
		assertEquals(List.of("tables"), compare(text, text.replace("| 1 | 2 |", "| 1 | 2 | 3 |")));
		assertEquals(List.of("links"), compare(text, text.replace("other.md", "another.md")));
	}

	private static List<String> compare(String english, String korean) {
		return differences(Page.of(Path.of("page.md"), english), Page.of(Path.of("page.ko.md"), korean)).stream()
			.map((difference) -> difference.replaceAll("(?s).* differs in its (\\w+):.*", "$1"))
			.toList();
	}

	private static Path twinOf(Path path) {
		if (path.toString().contains("/docs/ko/")) {
			return path;
		}
		String relative = path.toString();
		if (relative.contains("/docs/en/")) {
			return Path.of(relative.replace("/docs/en/", "/docs/ko/"));
		}
		if (relative.endsWith("/README.md")) {
			return Path.of(relative.replace("/README.md", "/README.ko.md"));
		}
		return path;
	}

	private static List<String> differences(Page english, Page korean) {
		List<String> differences = new ArrayList<>();
		compare(differences, korean, "headings", english.headings().stream().map(Page.Heading::level).toList(),
				korean.headings().stream().map(Page.Heading::level).toList());
		compare(differences, korean, "commands", commands(english), commands(korean));
		compare(differences, korean, "figures", figures(english), figures(korean));
		compare(differences, korean, "tables", english.tables(), korean.tables());
		compare(differences, korean, "links", links(english), links(korean));
		return differences;
	}

	private static void compare(List<String> differences, Page page, String what, List<?> english, List<?> korean) {
		if (!english.equals(korean)) {
			differences.add("%s differs in its %s: %s, not %s".formatted(page, what, korean, english));
		}
	}

	/** Other blocks than those have sentences in them. */
	private static List<List<String>> commands(Page page) {
		return page.fences()
			.stream()
			.filter((fence) -> List.of("", "sh", "nginx", "json", "yaml").contains(fence.language()))
			.map(Page.Fence::commands)
			.toList();
	}

	private static List<String> figures(Page page) {
		return FIGURES.matcher(page.text()).results().map((figures) -> figures.group(1)).toList();
	}

	/** In another order, as sentences have it; and each in its own language. */
	private static List<String> links(Page page) {
		return page.links()
			.stream()
			.filter((link) -> !link.matches("(../)*((en|ko)/.*|README(.ko)?.md)"))
			.map((link) -> link.replace(".ko.md", ".md").replace("/ko/", "/en/").replaceAll("#.*", "#"))
			.distinct()
			.sorted()
			.toList();
	}

}
