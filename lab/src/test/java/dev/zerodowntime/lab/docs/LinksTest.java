package dev.zerodowntime.lab.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.zerodowntime.lab.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every link within the repository leads somewhere, and every anchor to a heading. */
class LinksTest {

	@TempDir
	private Path folder;

	@Test
	void shouldLeadSomewhere() {
		List<Page> pages = Page.all();
		assertTrue(pages.size() > 20, pages::toString);
		assertEquals("", String.join("\n", pages.stream().flatMap((page) -> broken(page).stream()).toList()));
	}

	@Test
	void shouldFindBrokenLinks() throws IOException {
		Files.writeString(this.folder.resolve("other.md"), "# A title, with `code`\n\n## Twice\n\n## Twice\n");
		Page page = Page.of(this.folder.resolve("page.md"), """
				# 첫 번째: 제목
				[fine](other.md) [fine](other.md#a-title-with-code) [fine](#첫-번째-제목) [fine](other.md#twice-1)
				[far](https://example.org/nowhere) `[no link](nowhere.md)` [gone](nowhere.md)
				[gone](other.md#nowhere) [with [brackets]](#nowhere)
				```
				[no link](nowhere.md)
				```
				""");
		assertEquals(List.of("page.md: no nowhere.md", "page.md: no heading for other.md#nowhere",
				"page.md: no heading for #nowhere"), broken(page));
	}

	private static List<String> broken(Page page) {
		List<String> broken = new ArrayList<>();
		for (String link : page.links()) {
			if (link.matches("[a-z]+:.*")) {
				continue;
			}
			String[] parts = link.split("#", 2);
			boolean here = parts[0].isEmpty();
			Path target = page.path().resolveSibling(parts[0]).normalize();
			if (!here && (!Files.exists(target)
					|| (page.path().startsWith(Stage.root()) && !target.startsWith(Stage.root())))) {
				broken.add(page + ": no " + parts[0]);
			}
			else if (parts.length > 1 && !hasAnchor(here ? page : Page.read(target), parts[1])) {
				broken.add(page + ": no heading for " + link);
			}
		}
		return broken;
	}

	private static boolean hasAnchor(Page page, String anchor) {
		return page.headings().stream().anyMatch((heading) -> heading.anchor().equals(anchor));
	}

}
