package dev.zerodowntime.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * The image that releases are built on has what {@link DockerfilesTest} allows them to
 * use, and no more than readers get.
 */
class JavaRuntimeImageIT {

	/** The one that the stages are built on in this run. */
	private static final String IMAGE = System.getProperty("jre.image", "zero-downtime/jre");

	@Test
	void shouldHaveTheProgramsThatReleasesUse() throws IOException, InterruptedException {
		assertEquals(List.of(), missing(DockerfilesTest.PROGRAMS));
	}

	@Test
	void shouldHaveNeitherCurlNorWget() throws IOException, InterruptedException {
		assertEquals(List.of("curl", "wget"), missing(List.of("curl", "wget")));
	}

	private static List<String> missing(Collection<String> programs) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("docker", "run", "--rm", "--entrypoint", "sh", IMAGE, "-c",
				"for program; do command -v \"$program\" >/dev/null || echo \"$program\"; done", "sh"));
		command.addAll(programs);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(0, process.waitFor(), output);
		return output.lines().toList();
	}

}
