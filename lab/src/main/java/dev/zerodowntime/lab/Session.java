package dev.zerodowntime.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

/**
 * One run of a program that starts little servers. Its servers carry the id that
 * Testcontainers made for this JVM, and are removed when the JVM ends: by Testcontainers
 * where it can, after a SIGKILL by a process that waits for this JVM's end, and after a
 * power cut by the next session of the same checkout.
 * <p>
 * Whether a session has ended is seen from a file that it keeps locked in its checkout.
 * Process ids would not do: other containers on the same engine count them anew, so that
 * another job's live server would seem to be nobody's.
 */
final class Session {

	static final String ID = DockerClientFactory.SESSION_ID;

	/** Ends when its stdin does: when the JVM that has the other end does. */
	private static final String REMOVE_AT_END = """
			trap '' INT TERM HUP
			cat >/dev/null
			servers=$(docker ps -aq --filter "label=org.testcontainers.sessionId=$0")
			[ -z "$servers" ] || docker rm -f -v $servers
			for kind in network volume; do
				left=$(docker $kind ls -q --filter "label=org.testcontainers.sessionId=$0")
				[ -z "$left" ] || docker $kind rm $left
			done
			rm -f "$1"
			""";

	/**
	 * The kernel drops it when this JVM ends, however it ends; and so would the garbage
	 * collector, if nothing referred to it.
	 */
	private static @Nullable FileLock begun;

	private Session() {
	}

	/**
	 * Sees to it that what this JVM starts from now on is removed when it ends. Does
	 * nothing the second time.
	 */
	static synchronized void begin() {
		if (begun != null) {
			return;
		}
		try {
			Path file = file(ID);
			Files.createDirectories(file.getParent());
			FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
			begun = channel.lock();
			removeAtEnd(file);
		}
		catch (IOException ex) {
			throw new LabException("cannot keep the session's file in " + folder(), ex);
		}
	}

	private static void removeAtEnd(Path file) {
		ProcessBuilder remover = new ProcessBuilder("sh", "-c", REMOVE_AT_END, ID, file.toString())
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.redirectError(ProcessBuilder.Redirect.DISCARD);
		URI engine = DockerClientFactory.instance().getTransportConfig().getDockerHost();
		if ("unix".equals(engine.getScheme()) || "tcp".equals(engine.getScheme())) {
			remover.environment().put("DOCKER_HOST", engine.toString());
		}
		try {
			remover.start();
		}
		catch (IOException ex) {
			// No sh on this Windows: the next session removes what a killed one leaves
		}
	}

	/**
	 * Whether a session of this checkout has ended.
	 * @param id the session's
	 * @return false as well for a session of another checkout or machine, of which
	 * nothing is known here
	 */
	static boolean hasEnded(String id) {
		// Not even to look: whoever closes a file loses all locks on it (fcntl(2))
		if (id.equals(ID) || !id.matches("[0-9a-f-]+") || !Files.exists(file(id))) {
			return false;
		}
		try (FileChannel channel = FileChannel.open(file(id), StandardOpenOption.WRITE);
				FileLock lock = channel.tryLock()) {
			return lock != null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static void forget(String id) {
		try {
			Files.deleteIfExists(file(id));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path file(String id) {
		return folder().resolve(id);
	}

	private static Path folder() {
		return Stage.root().resolve(".workshop/sessions");
	}

}
