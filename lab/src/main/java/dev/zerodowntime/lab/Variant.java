package dev.zerodowntime.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * A change to a stage's scripts that shows what one of their lines is for: the patch
 * takes the line away, and the rehearsal counts what is lost without it.
 *
 * @param name what people type: the file's name without its ending
 * @param description what differs, in a line: the text before the patch's first
 * {@code ---}
 * @param patch a unified diff, to be applied in the stage's folder; lies in its folder
 * {@code variants}
 */
public record Variant(String name, String description, Path patch) {

	static final String FOLDER = "variants";

	static final String ENDING = ".patch";

	static Variant in(Path patch) {
		String file = patch.getFileName().toString();
		try {
			String description = Files.readAllLines(patch)
				.stream()
				.takeWhile((line) -> !line.startsWith("---"))
				.filter((line) -> !line.isBlank())
				.collect(Collectors.joining(" "));
			return new Variant(file.substring(0, file.length() - ENDING.length()), description, patch);
		}
		catch (IOException ex) {
			throw new LabException("cannot read " + patch, ex);
		}
	}

}
