package dev.zerodowntime.lab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.zerodowntime.lab.LabException;
import dev.zerodowntime.lab.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class GeneratedBlockTest {

	@TempDir
	private Path directory;

	@Test
	void shouldReplaceOnlyWhatStandsBetweenTheMarks() throws IOException {
		Path file = this.directory.resolve("README.md");
		Files.writeString(file, "before\n<!-- generated other: by a run -->\nkept\n<!-- /generated -->\n"
				+ "<!-- generated run: by a run -->\nold $1\n<!-- /generated -->\nafter\n");
		GeneratedBlock.replace(file, "run", "new $1 \\2");
		assertEquals(
				"before\n<!-- generated other: by a run -->\nkept\n<!-- /generated -->\n"
						+ "<!-- generated run: by a run -->\nnew $1 \\2\n<!-- /generated -->\nafter\n",
				Files.readString(file));
	}

	@Test
	void shouldRefuseAFileWithoutMarks() throws IOException {
		Path file = Files.writeString(this.directory.resolve("README.md"),
				"nothing to see <!-- generated other: by a run -->\n<!-- /generated -->");
		assertThrows(LabException.class, () -> GeneratedBlock.replace(file, "run", "new"));
	}

	/** What a command has measured for half an hour must have its place. */
	@Test
	void shouldHaveAPlaceForWhatEachStageMeasures() throws IOException {
		for (Stage stage : Stage.all()) {
			List<String> blocks = new ArrayList<>(List.of("run"));
			if (!stage.variants().isEmpty()) {
				blocks.add("variants");
			}
			if (Files.exists(stage.directory().resolve("figures.sh"))) {
				blocks.add("figures");
			}
			if (Files.exists(stage.directory().resolve("src/lab/fault.sh"))) {
				blocks.add("faults");
			}
			for (String block : blocks) {
				GeneratedBlock.requirePlace(stage.directory().resolve("README.md"), block);
				GeneratedBlock.requirePlace(stage.directory().resolve("README.ko.md"), block);
			}
		}
	}

}
