package dev.zerodowntime.lab.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.zerodowntime.lab.Stage;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The messages that the pages on trouble are found by are printed by something. In a
 * heading, {@code …} stands for what is different each time.
 */
class MessagesTest {

	private static final String ANYTHING = "…";

	@Test
	void shouldBePrintedBySomething() throws IOException {
		List<String> sources = sources();
		for (String language : List.of("en", "ko")) {
			List<String> messages = messages(
					Page.read(Stage.root().resolve("docs/" + language + "/troubleshooting.md")));
			assertTrue(messages.size() > 30, messages::toString);
			assertEquals(List.of(), messages.stream().filter((message) -> !isPrinted(message, sources)).toList(),
					language);
		}
	}

	@Test
	void shouldFindWhatNobodyPrints() {
		List<String> sources = List.of("\tdie \"no $STAGE server is up: ./workshop up $STAGE\"");
		assertTrue(isPrinted("no … server is up: ./workshop up …", sources));
		assertEquals(false, isPrinted("no … server is down: ./workshop up …", sources));
		assertEquals(false, isPrinted("… up", sources));
	}

	private static List<String> messages(Page page) {
		return page.headings()
			.stream()
			.filter((heading) -> heading.level() == 3)
			.map((heading) -> heading.text().replaceAll("^`|`$", ""))
			.toList();
	}

	private static boolean isPrinted(String message, List<String> sources) {
		List<String> parts = Stream.of(message.split(ANYTHING)).map(String::strip).toList();
		// Too little to be found by
		if (parts.stream().mapToInt(String::length).sum() < 7) {
			return false;
		}
		return sources.stream().anyMatch((line) -> {
			int at = 0;
			for (String part : parts) {
				int found = line.indexOf(part, at);
				if (found < 0) {
					return false;
				}
				at = found + part.length();
			}
			return true;
		});
	}

	private static List<String> sources() throws IOException {
		Path root = Stage.root();
		List<Path> files = new ArrayList<>(List.of(root.resolve("workshop")));
		List<Path> folders = new ArrayList<>(
				List.of(root.resolve("lab/host"), root.resolve("lab/src/main"), root.resolve("probe/src/main")));
		Stage.all().forEach((stage) -> folders.add(stage.directory()));
		for (Path folder : folders) {
			try (Stream<Path> found = Files.walk(folder)) {
				found.filter((file) -> file.toString().matches(".*\\.(sh|java)"))
					.filter((file) -> !file.toString().matches(".*/(target|test)/.*"))
					.forEach(files::add);
			}
		}
		List<String> lines = new ArrayList<>();
		for (Path file : files) {
			// A text that goes on in the next line is one message
			lines.addAll(Files.readString(file).replaceAll("\"\\s*\\n\\s*\\+ \"", "").lines().toList());
		}
		return lines;
	}

}
