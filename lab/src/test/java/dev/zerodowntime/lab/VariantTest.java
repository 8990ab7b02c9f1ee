package dev.zerodowntime.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/**
 * Each variant's patch fits the scripts as they are, unless it only ships another
 * release. What its harm is, the long tests show.
 */
class VariantTest {

	static List<Stage> stages() {
		return Stage.all().stream().filter((stage) -> !stage.variants().isEmpty()).toList();
	}

	@ParameterizedTest
	@MethodSource("stages")
	void shouldFitTheScripts(Stage stage) throws IOException {
		for (Variant variant : stage.variants()) {
			if (variant.ships() != null && !variant.changesScripts()) {
				continue;
			}
			List<Hunk> hunks = hunks(variant);
			assertFalse(hunks.isEmpty(), () -> variant.patch() + " changes nothing");
			for (Hunk hunk : hunks) {
				String script = Files.readString(script(stage, hunk.file()));
				assertEquals(1, (("\n" + script).split("\n\\Q" + hunk.before() + "\\E", -1).length) - 1,
						() -> "%s: so often this is in %s:%n%s".formatted(variant.patch().getFileName(), hunk.file(),
								hunk.before()));
			}
		}
	}

	/** A file of the stage's folder on the server. */
	private static Path script(Stage stage, String name) {
		return Stream.concat(Stream.of(stage.directory()), stage.serverFolders().stream())
			.map((folder) -> folder.resolve(name))
			.filter(Files::isRegularFile)
			.findFirst()
			.orElseThrow(() -> new AssertionError(stage.name() + " has no " + name));
	}

	private static List<Hunk> hunks(Variant variant) throws IOException {
		List<Hunk> hunks = new ArrayList<>();
		String file = "";
		StringBuilder before = new StringBuilder();
		for (String line : Files.readAllLines(variant.patch())) {
			if (line.startsWith("--- ") || line.startsWith("@@ ")) {
				if (!before.isEmpty()) {
					hunks.add(new Hunk(file, before.toString()));
					before.setLength(0);
				}
				file = line.startsWith("--- ") ? line.substring(4) : file;
			}
			else if (!file.isEmpty() && (line.startsWith(" ") || line.startsWith("-"))) {
				before.append(line.substring(1)).append('\n');
			}
		}
		hunks.add(new Hunk(file, before.toString()));
		return hunks;
	}

	/** What a patch expects in a file. */
	private record Hunk(String file, String before) {

	}

}
