package dev.zerodowntime.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A change to a stage's scripts that shows what one of their lines is for: the patch
 * takes the line away, and the rehearsal counts what is lost without it. Or another
 * release that is shipped.
 *
 * @param name what people type: the file's name without its ending
 * @param description what differs, in a line: the text before the patch's first
 * {@code ---}
 * @param ships the release that is shipped, of a line {@code Ships: RELEASE} in that
 * text; {@code null} for the one that is shipped without the variant
 * @param patch a unified diff, to be applied in the stage's folder; lies in its folder
 * {@code variants}. It may be empty where another release is shipped
 */
public record Variant(String name, String description, @Nullable String ships, Path patch) {

	private static final String SHIPS = "Ships: ";

	static final String FOLDER = "variants";

	static final String ENDING = ".patch";

	static Variant in(Path patch) {
		String file = patch.getFileName().toString();
		try {
			List<String> head = head(Files.readAllLines(patch));
			String description = head.stream()
				.filter((line) -> !line.isBlank() && !line.startsWith(SHIPS))
				.collect(Collectors.joining(" "));
			String ships = head.stream()
				.filter((line) -> line.startsWith(SHIPS))
				.map((line) -> line.substring(SHIPS.length()).strip())
				.findFirst()
				.orElse(null);
			return new Variant(file.substring(0, file.length() - ENDING.length()), description, ships, patch);
		}
		catch (IOException ex) {
			throw new LabException("cannot read " + patch, ex);
		}
	}

	/** Whether the patch has a change. */
	boolean changesScripts() throws IOException {
		List<String> lines = Files.readAllLines(this.patch);
		return head(lines).size() < lines.size();
	}

	private static List<String> head(List<String> lines) {
		return lines.stream().takeWhile((line) -> !line.startsWith("---")).toList();
	}

}
