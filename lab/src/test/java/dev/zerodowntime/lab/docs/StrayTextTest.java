package dev.zerodowntime.lab.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What has no business in a page. */
class StrayTextTest {

	private static final Map<String, Pattern> STRAY = new LinkedHashMap<>();
	static {
		STRAY.put("a Windows line end", Pattern.compile("\\r"));
		STRAY.put("a tab at the end", Pattern.compile("\\t$", Pattern.MULTILINE));
		STRAY.put("German", Pattern.compile("[äöüßÄÖÜ]|\\b(und|nicht|oder|eine|wird|Anfragen)\\b"));
		STRAY.put("Chinese or Japanese", Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]"));
		STRAY.put("a path of the author's machine",
				Pattern.compile("/work/|/home/(?!deploy\\b)\\w+|/Users/\\w+|/tmp/(?!report)"));
		STRAY.put("a package registry's host",
				Pattern.compile("repo\\.maven|registry\\.npmjs|repo1\\.|central\\.sonatype"));
		STRAY.put("an emoji", Pattern.compile("[\\x{1F300}-\\x{1FAFF}\\x{2600}-\\x{27BF}]"));
		STRAY.put("a note to the author", Pattern.compile("\\b(TODO|FIXME|XXX|TBD)\\b"));
	}

	private static final Pattern KOREAN = Pattern.compile("\\p{IsHangul}");

	@Test
	void shouldNotBeInAnyPage() {
		assertEquals("", String.join("\n", Page.all().stream().flatMap((page) -> stray(page).stream()).toList()));
	}

	@Test
	void shouldBeInOneLanguage() {
		for (Page page : Page.all()) {
			boolean korean = page.path().toString().contains("/docs/ko/") || page.toString().endsWith(".ko.md");
			long lines = page.lines().stream().filter((line) -> KOREAN.matcher(line).find()).count();
			// The glossary has the words of both; any page links to its twin
			assertTrue(korean ? lines > 5 : lines <= 1 || page.toString().endsWith("glossary.md"),
					() -> page + " has " + lines + " lines of Korean");
		}
	}

	@Test
	void shouldBeFound() {
		Page page = Page.of(Path.of("page.md"), "# A page\r\n\nDas ist nicht gut. TODO\n/work/main\n漢\n");
		assertEquals(
				List.of("page.md: a Windows line end: \r", "page.md: German: nicht", "page.md: Chinese or Japanese: 漢",
						"page.md: a path of the author's machine: /work/", "page.md: a note to the author: TODO"),
				stray(page));
		assertEquals(List.of(), stray(Page.of(Path.of("page.md"), "# A page\n\nAll is well: 다 좋아요.\n")));
	}

	private static List<String> stray(Page page) {
		List<String> found = new ArrayList<>();
		STRAY.forEach((what, pattern) -> pattern.matcher(page.text())
			.results()
			.limit(1)
			.forEach((stray) -> found.add("%s: %s: %s".formatted(page, what, stray.group()))));
		return found;
	}

}
