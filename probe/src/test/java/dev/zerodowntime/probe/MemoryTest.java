package dev.zerodowntime.probe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The memory of a run does not grow with the number of its requests. */
@Timeout(240)
class MemoryTest {

	/** The goal is 128 MB; a sender needs some of it. */
	private static final String HEAP = "-Xmx96m";

	@Test
	void anHourAt2000PerSecondAndModeFitsIntoASmallHeap(@TempDir Path directory) throws Exception {
		Path output = directory.resolve("output");
		Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), HEAP,
				"-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), HourOfAnswers.class.getName())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			assertThat(process.waitFor(220, TimeUnit.SECONDS)).as("it ends").isTrue();
			List<String> lines = Files.readAllLines(output);
			// Of 7.2 million in each mode 60 000 in the outage and 1 % of the others
			assertThat(lines).containsExactly("timeline", "page",
					"fresh sent 7200000 ok 7068600 dropped 131400 longest 30001",
					"keep-alive sent 7200000 ok 7068600 dropped 131400 longest 30001");
			assertThat(process.exitValue()).isZero();
		}
		finally {
			process.destroyForcibly();
		}
	}

}
