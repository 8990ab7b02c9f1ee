package dev.zerodowntime.step6;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * The release {@code bad}: v2, and a class that has every third request fail. It is among
 * the releases while the servers are started, and nobody else sees it.
 */
final class BadRelease implements AutoCloseable {

	static final String NAME = "bad";

	private static final String CLASS = "dev/zerodowntime/step3/FailsSometimes.class";

	private static final String MANIFEST = "META-INF/MANIFEST.MF";

	private final Path jar;

	private BadRelease(Path jar) {
		this.jar = jar;
	}

	static BadRelease among(Path releases) {
		Path jar = releases.resolve(NAME).resolve("app.jar");
		try {
			Files.createDirectories(jar.getParent());
			Files.copy(releases.resolve("v2/app.jar"), jar, StandardCopyOption.REPLACE_EXISTING);
			try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of());
					InputStream source = BadRelease.class.getClassLoader().getResourceAsStream(CLASS)) {
				Files.copy(source, zip.getPath("BOOT-INF/classes").resolve(CLASS));
				String manifest = Files.readString(zip.getPath(MANIFEST), StandardCharsets.UTF_8);
				Files.writeString(zip.getPath(MANIFEST),
						manifest.replace("Implementation-Version: v2", "Implementation-Version: " + NAME));
			}
			return new BadRelease(jar);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			Files.delete(this.jar);
			Files.delete(this.jar.getParent());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
