package dev.zerodowntime.step3;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Logs do not grow for ever, whatever becomes of old releases ({@link YearIT}). */
class PruneTest {

	private static final long MAX_LOG = 20_000_000;

	@TempDir
	private Path server;

	@Test
	void shouldBeginANewLogWhereTheOldOneIsLongEvenIfAllReleasesStay() throws Exception {
		log("blue-1.log", MAX_LOG + 1);
		log("blue-1.log.old", 1);
		log("green-1.log", MAX_LOG);
		Process prune = new ProcessBuilder("sh", "-eu", "-c", "KEEP=0; . \"$0\"; prune",
				Path.of("server/lib/prune.sh").toAbsolutePath().toString())
			.directory(this.server.toFile())
			.inheritIO()
			.start();
		assertThat(prune.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(prune.exitValue()).isZero();
		assertThat(this.server.resolve("log/blue-1.log")).doesNotExist();
		assertThat(this.server.resolve("log/blue-1.log.old")).hasSize(MAX_LOG + 1);
		assertThat(this.server.resolve("log/green-1.log")).hasSize(MAX_LOG);
	}

	private void log(String name, long bytes) throws IOException {
		Files.createDirectories(this.server.resolve("log"));
		try (RandomAccessFile file = new RandomAccessFile(this.server.resolve("log").resolve(name).toFile(), "rw")) {
			file.setLength(bytes);
		}
	}

}
