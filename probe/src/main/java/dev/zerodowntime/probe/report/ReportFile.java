package dev.zerodowntime.probe.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A place for a report. Missing directories are made. Files are replaced atomically where
 * the file system allows that.
 */
public final class ReportFile {

	private ReportFile() {
	}

	/**
	 * Finds out whether a report can be written, before anything is measured. Makes
	 * missing directories, leaves an existing report as it is.
	 * @param path where the report shall be
	 * @throws IOException if it cannot; the message is one line and names the file
	 */
	public static void check(Path path) throws IOException {
		if (Files.isDirectory(path)) {
			throw new IOException(path + " is a directory, a report needs a file name");
		}
		try {
			Path directory = directory(path);
			Path writable = Files.exists(path) ? path : directory;
			if (!Files.isWritable(writable)) {
				throw new AccessDeniedException(path.toString());
			}
		}
		catch (AccessDeniedException ex) {
			throw new IOException("no permission to write " + path, ex);
		}
		catch (FileAlreadyExistsException ex) {
			throw new IOException("cannot write " + path + ": " + ex.getFile() + " is not a directory", ex);
		}
		catch (FileSystemException ex) {
			throw new IOException("cannot write " + path + ((ex.getReason() != null) ? ": " + ex.getReason() : ""), ex);
		}
	}

	static void write(Path path, String text) throws IOException {
		check(path);
		if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
			// /dev/stdout and other links are written through, not replaced
			Files.writeString(path, text, StandardCharsets.UTF_8);
			return;
		}
		Path draft = directory(path).resolve("." + path.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
		try {
			Files.writeString(draft, text, StandardCharsets.UTF_8);
			replace(draft, path);
		}
		catch (FileSystemException ex) {
			// A file that is a mount, or in a directory that cannot be written.
			Files.writeString(path, text, StandardCharsets.UTF_8);
		}
		finally {
			Files.deleteIfExists(draft);
		}
	}

	private static void replace(Path draft, Path path) throws IOException {
		try {
			Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (AtomicMoveNotSupportedException ex) {
			Files.move(draft, path, StandardCopyOption.REPLACE_EXISTING);
		}
	}

	private static Path directory(Path path) throws IOException {
		Path directory = path.toAbsolutePath().getParent();
		if (directory == null) {
			throw new IOException(path + " is not a file name");
		}
		if (!Files.isDirectory(directory)) {
			Files.createDirectories(directory);
		}
		return directory;
	}

}
