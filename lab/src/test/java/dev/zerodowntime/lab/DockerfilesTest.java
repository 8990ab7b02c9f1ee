package dev.zerodowntime.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The Dockerfiles of the stages, and the scripts that run a program in a release's
 * container, use only programs that the Java runtime's image has: eclipse-temurin:25-jre
 * where readers build, zero-downtime/jre here.
 */
class DockerfilesTest {

	/**
	 * Programs that both images have and that do the same in both, although the one is
	 * Ubuntu 26.04 with the coreutils of uutils and the other is Debian. Not curl or
	 * wget, which eclipse-temurin has only below Java 22, and not {@code install}, which
	 * rejects a user ID without a user (uutils/coreutils#14156).
	 */
	static final Set<String> PROGRAMS = Set.of("chown", "find", "java", "mkdir", "mv", "printf", "sh", "stat", "test",
			"touch");

	private static final Pattern ENTRYPOINT_OPTION = Pattern.compile("--entrypoint[ =](\\S+)");

	private static final Pattern FIND_EXEC = Pattern.compile("-exec (\\S+)");

	@Test
	void shouldUseOnlyProgramsOfTheBaseImage() throws IOException {
		List<Path> dockerfiles = dockerfiles();
		assertTrue(dockerfiles.size() >= 3, dockerfiles::toString);
		for (Path dockerfile : dockerfiles) {
			assertEquals(Set.of(), unknown(programsOf(Files.readString(dockerfile))),
					() -> dockerfile + " uses programs that are not known to be in the base image");
		}
		List<Path> scripts = scripts();
		assertTrue(scripts.size() > 10, scripts::toString);
		for (Path script : scripts) {
			assertEquals(Set.of(), unknown(programsRunBy(Files.readString(script))),
					() -> script + " runs programs that are not known to be in a release's image");
		}
	}

	@Test
	void shouldNameTheSameImageEverywhere() throws IOException {
		Set<String> images = new TreeSet<>();
		for (Path dockerfile : dockerfiles()) {
			Files.readAllLines(dockerfile)
				.stream()
				.filter((line) -> line.startsWith("ARG JRE="))
				.forEach((line) -> images.add(line.substring("ARG JRE=".length())));
		}
		assertEquals(1, images.size(), images::toString);
	}

	@Test
	void shouldFindThePrograms() {
		assertEquals(Set.of("curl", "install", "find", "touch", "java", "cat"), programsOf("""
				ARG JRE=eclipse-temurin:25-jre
				FROM ${JRE}
				RUN install -d /data \\
				    # a comment in between
				    && find . -type d -exec touch {} +
				HEALTHCHECK --interval=5s \\
				    CMD ["curl", "-fsS", "http://127.0.0.1:8080/"]
				ENTRYPOINT ["java", "-jar", "application.jar"]
				CMD cat /etc/motd
				"""));
		assertEquals(Set.of("stat"), programsRunBy("docker run --rm --entrypoint stat guest-book:v1 -c %s /app"));
	}

	private static Set<String> unknown(Set<String> programs) {
		Set<String> unknown = new TreeSet<>(programs);
		unknown.removeAll(PROGRAMS);
		return unknown;
	}

	private static Set<String> programsOf(String dockerfile) {
		Set<String> programs = new TreeSet<>();
		String instructions = dockerfile.replaceAll("(?m)^\\s*#.*\n", "").replaceAll("\\\\\n\\s*", " ");
		for (String instruction : instructions.lines().toList()) {
			if (instruction.matches("(RUN|CMD|ENTRYPOINT|HEALTHCHECK .*CMD) .*")) {
				String command = instruction.replaceFirst("^(RUN|CMD|ENTRYPOINT|HEALTHCHECK .*?CMD) +", "");
				for (String part : command.split("&&|\\|\\|?|;")) {
					programs.add(part.replaceAll("^[\\s\\[\"]+", "").split("[\\s\",]", 2)[0]);
				}
				FIND_EXEC.matcher(command).results().forEach((found) -> programs.add(found.group(1)));
			}
		}
		return programs;
	}

	private static Set<String> programsRunBy(String script) {
		Set<String> programs = new TreeSet<>();
		ENTRYPOINT_OPTION.matcher(script).results().forEach((found) -> programs.add(found.group(1)));
		return programs;
	}

	private static List<Path> dockerfiles() throws IOException {
		List<Path> dockerfiles = new ArrayList<>();
		for (Stage stage : Stage.all()) {
			for (String place : List.of("Dockerfile", "app/Dockerfile")) {
				Path dockerfile = stage.directory().resolve(place);
				if (Files.exists(dockerfile)) {
					dockerfiles.add(dockerfile);
				}
			}
		}
		return dockerfiles;
	}

	private static List<Path> scripts() throws IOException {
		List<Path> scripts = new ArrayList<>();
		for (Stage stage : Stage.all()) {
			for (String folder : List.of(".", "variants", "server", "app/ci", "src/lab")) {
				Path place = stage.directory().resolve(folder);
				if (Files.isDirectory(place)) {
					try (Stream<Path> files = Files.list(place)) {
						files.filter((file) -> file.toString().matches(".*\\.(sh|patch)"))
							.sorted()
							.forEach(scripts::add);
					}
				}
			}
		}
		return scripts;
	}

}
