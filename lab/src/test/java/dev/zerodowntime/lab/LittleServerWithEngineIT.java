package dev.zerodowntime.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LittleServerWithEngineIT {

	@TempDir
	Path directory;

	@Test
	void shouldRunContainersBeforeAndAfterARestart() throws IOException {
		Files.createDirectories(this.directory.resolve("target/releases"));
		Files.createFile(this.directory.resolve("Dockerfile"));
		try (LittleServer server = LittleServer.of(new Stage("fixture", this.directory)).start()) {
			// A shell and the libraries it needs make the smallest image there is
			run(server, "tar -ch $(command -v sh) $(ldd $(command -v sh) | grep -o '/[^ ]*') 2>/dev/null"
					+ " | docker import - tiny");
			assertEquals("hello from inside", run(server, "docker run --rm tiny sh -c 'echo hello from inside'"));

			server.reboot();

			assertEquals("hello again", run(server, "docker run --rm tiny sh -c 'echo hello again'"));
			assertEquals("127.0.0.1", server.url().getHost());
		}
	}

	private static String run(LittleServer server, String script) {
		return server.exec(Duration.ofSeconds(30), (line) -> {
		}, "sh", "-c", script).orThrow().output();
	}

}
