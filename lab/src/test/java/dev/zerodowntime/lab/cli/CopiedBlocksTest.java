package dev.zerodowntime.lab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.zerodowntime.lab.LabException;
import dev.zerodowntime.lab.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CopiedBlocksTest {

	private static final String SOURCE = """
			<!-- generated figures: by a run -->
			```text
			boot                1.1 s
			boot without cache  2.2 s
			heap                134 MB
			```

			Measured on 2026-11-25.
			<!-- /generated -->
			<!-- generated table: by a run -->
			| stage | lost |
			| --- | ---: |
			| one | 281 |
			| two | 0 |
			<!-- /generated -->
			""";

	@TempDir
	private Path root;

	@Test
	void shouldHaveTheFiguresOfTheLastRunInEveryPage() throws IOException {
		if (Boolean.getBoolean("docs.update")) {
			CopiedBlocks.update(Stage.root());
		}
		int copies = 0;
		for (Path page : CopiedBlocks.pages(Stage.root())) {
			String text = Files.readString(page);
			copies += text.split("<!-- copy: ", -1).length - 1;
			assertEquals(CopiedBlocks.current(Stage.root(), text), text,
					() -> page + " has old figures: run this test with -Ddocs.update=true");
		}
		assertTrue(copies > 5, "copies: " + copies);
	}

	@Test
	void shouldCopyABlock() throws IOException {
		assertEquals("| stage | lost |\n| --- | ---: |\n| one | 281 |\n| two | 0 |\n", copied("source.md table"));
	}

	@Test
	void shouldCopyOnlyWhatIsAskedFor() throws IOException {
		assertEquals("```text\nheap                134 MB\n```\n\nMeasured on 2026-11-25.\n",
				copied("source.md figures; heap"));
		assertEquals("| stage | lost |\n| --- | ---: |\n| two | 0 |\n", copied("source.md table; two"));
	}

	@Test
	void shouldNoticeAnOldFigure() throws IOException {
		Files.writeString(this.root.resolve("source.md"), SOURCE);
		Path page = Files.writeString(this.root.resolve("page.md"),
				"before\n<!-- copy: source.md table; two -->\n| two | 9 |\n<!-- /copy -->\nafter\n");
		assertEquals(List.of(page), CopiedBlocks.update(this.root));
		assertEquals(List.of(), CopiedBlocks.update(this.root));
		assertTrue(Files.readString(page).endsWith("| two | 0 |\n<!-- /copy -->\nafter\n"));
	}

	@Test
	void shouldRefuseWhatIsNotThere() {
		assertThrows(LabException.class, () -> copied("source.md nothing"));
		assertThrows(LabException.class, () -> copied("source.md table; three"));
	}

	private String copied(String what) throws IOException {
		Files.writeString(this.root.resolve("source.md"), SOURCE);
		String text = CopiedBlocks.current(this.root, "<!-- copy: " + what + " -->\nold\n<!-- /copy -->\n");
		return text.substring(text.indexOf('\n') + 1, text.indexOf("<!-- /copy -->"));
	}

}
