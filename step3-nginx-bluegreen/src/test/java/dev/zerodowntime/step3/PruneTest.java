package dev.zerodowntime.step3;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
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
		shell("KEEP=0; . \"$0/prune.sh\"; prune");
		assertThat(this.server.resolve("log/blue-1.log")).doesNotExist();
		assertThat(this.server.resolve("log/blue-1.log.old")).hasSize(MAX_LOG + 1);
		assertThat(this.server.resolve("log/green-1.log")).hasSize(MAX_LOG);
	}

	/** It is here for a deploy to come, or on its way. */
	@Test
	void shouldKeepAnArchiveThatWasCopiedAgain() throws Exception {
		for (String version : new String[] { "v1", "v2", "v3" }) {
			Files.createDirectories(this.server.resolve("releases").resolve(version));
			Files.createFile(this.server.resolve("releases").resolve(version).resolve("image.tar"));
		}
		Files.writeString(this.server.resolve("history"), """
				2001-01-01T00:00:00Z app v1 switched
				2999-01-01T00:00:00Z app v2 switched
				2999-01-01T00:00:00Z app v3 switched
				""");
		assertThat(shell("""
				docker() { [ "$1" != images ] || printf 'here %s\\n' v1 v2; }
				version_of() { :; }
				KEEP=1 IMAGE=orders
				. "$0/images.sh"
				. "$0/history.sh"
				. "$0/prune.sh"
				kept_releases() { echo v3; }
				old_releases
				""")).isEqualTo("v2\n");
	}

	private String shell(String script) throws Exception {
		Process process = new ProcessBuilder("sh", "-eu", "-c", script,
				Path.of("server/lib").toAbsolutePath().toString())
			.directory(this.server.toFile())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
		return output;
	}

	private void log(String name, long bytes) throws IOException {
		Files.createDirectories(this.server.resolve("log"));
		try (RandomAccessFile file = new RandomAccessFile(this.server.resolve("log").resolve(name).toFile(), "rw")) {
			file.setLength(bytes);
		}
	}

}
