package dev.zerodowntime.probe;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds files of this repository, from whatever directory a test is run. */
public final class Repository {

	private Repository() {
	}

	/**
	 * Finds a file.
	 * @param path relative to the repository's root
	 * @return the file
	 */
	public static Path file(String path) {
		return root().resolve(path);
	}

	private static Path root() {
		try {
			// Where this class was compiled to, and not the working directory
			Path classes = Path.of(Repository.class.getProtectionDomain().getCodeSource().getLocation().toURI());
			for (Path folder = classes; folder != null; folder = folder.getParent()) {
				if (Files.exists(folder.resolve("mvnw"))) {
					return folder;
				}
			}
			throw new IllegalStateException("no folder above " + classes + " contains mvnw");
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
