package dev.zerodowntime.lab;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes a tar in which all belongs to the server's user, wherever the files came from.
 */
class Archive implements AutoCloseable {

	/** The user {@code app} of the server's image. */
	private static final int OWNER = 1000;

	private static final byte[] SHEBANG = { '#', '!' };

	private final TarArchiveOutputStream tar;

	Archive(OutputStream target) {
		this.tar = new TarArchiveOutputStream(target, "UTF-8");
		this.tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
	}

	void addScript(Path script) throws IOException {
		add(script, script.getFileName().toString(), 0755);
	}

	void addFile(Path file, String name) throws IOException {
		add(file, name, 0644);
	}

	void addFolder(Path folder) throws IOException {
		addBelow(folder.toAbsolutePath().getParent(), folder);
	}

	void addContents(Path folder) throws IOException {
		addBelow(folder.toAbsolutePath(), folder);
	}

	/** Names are relative to the parent. */
	private void addBelow(Path parent, Path folder) throws IOException {
		Files.walkFileTree(folder.toAbsolutePath(), new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
					throws IOException {
				if (!directory.equals(parent)) {
					add(directory, nameOf(directory) + "/", 0755);
				}
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				add(file, nameOf(file), modeOf(file));
				return FileVisitResult.CONTINUE;
			}

			/** An environment may hold passwords. */
			private int modeOf(Path file) throws IOException {
				String name = file.getFileName().toString();
				return name.endsWith(".env") ? 0600 : (name.endsWith(".sh") || isScript(file)) ? 0755 : 0644;
			}

			/** Not by its mode: a checkout on Windows has none. */
			private boolean isScript(Path file) throws IOException {
				try (InputStream content = Files.newInputStream(file)) {
					return Arrays.equals(content.readNBytes(2), SHEBANG);
				}
			}

			private String nameOf(Path path) {
				return parent.relativize(path).toString().replace('\\', '/');
			}

		});
	}

	@Override
	public void close() throws IOException {
		this.tar.close();
	}

	private void add(Path file, String name, int mode) throws IOException {
		TarArchiveEntry entry = new TarArchiveEntry(file.toFile(), name);
		entry.setIds(OWNER, OWNER);
		entry.setNames("app", "app");
		entry.setMode(mode);
		this.tar.putArchiveEntry(entry);
		try (InputStream content = Files.isDirectory(file) ? new ByteArrayInputStream(new byte[0])
				: Files.newInputStream(file)) {
			content.transferTo(this.tar);
		}
		this.tar.closeArchiveEntry();
	}

	static void unpack(InputStream source, Path directory) throws IOException {
		try (TarArchiveInputStream tar = new TarArchiveInputStream(source, "UTF-8")) {
			for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
				Path target = directory.resolve(entry.getName()).normalize();
				if (!entry.isFile() || !target.startsWith(directory)) {
					continue;
				}
				Files.createDirectories(target.getParent());
				Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
			}
		}
	}

}
