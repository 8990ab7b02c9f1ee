package dev.zerodowntime.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * One place names the images that stages use, and one variable switches to those that
 * readers get.
 */
class StageImagesTest {

	private static final Pattern LAB_IMAGE = Pattern.compile("zero-downtime/(jre|nginx|postgres|registry)");

	private static final Pattern DEFAULT = Pattern
		.compile("(?:JRE|NGINX_IMAGE|POSTGRES_IMAGE|REGISTRY_IMAGE)(?:=|:-)([a-z][a-z-]*:[^\\s}]+)");

	@Test
	void shouldNameTheLabsImagesOnlyInTheRootPom() throws IOException {
		List<String> named = new ArrayList<>();
		for (Path file : filesOfStages()) {
			LAB_IMAGE.matcher(Files.readString(file))
				.results()
				.forEach((found) -> named.add(file + ": " + found.group()));
		}
		assertEquals(List.of(), named);
		assertEquals(4, LAB_IMAGE.matcher(Files.readString(Stage.root().resolve("pom.xml"))).results().count());
	}

	@Test
	void shouldFindTheImagesThatReadersGet() throws IOException, InterruptedException {
		List<String> official = shell("official_images").lines().toList();
		assertEquals(List.of("jre.image", "nginx.image", "registry.image", "postgres.image"),
				official.stream().map((line) -> line.replaceFirst("=.*", "")).toList());
		Set<String> images = new TreeSet<>(official.stream().map((line) -> line.replaceFirst(".*=", "")).toList());
		assertEquals(images, defaultsOfStages());
	}

	@Test
	void shouldHandOfficialImagesToMavenAndBuildAgain(@TempDir Path stamps) throws IOException, InterruptedException {
		Files.createFile(stamps.resolve("step3-nginx-bluegreen"));
		String choose = "STAMPS='" + stamps + "'; choose_stage_images; echo \"${MAVEN_ARGS:-}\"";
		assertEquals("", shell(choose));
		assertTrue(Files.exists(stamps.resolve("step3-nginx-bluegreen")),
				"the lab's own images, as before: nothing to build");
		String arguments = shell("MAVEN_ARGS=-o WORKSHOP_IMAGES=official; " + choose);
		assertTrue(
				arguments.matches("-o -Djre.image=\\S+ -Dnginx.image=\\S+ -Dregistry.image=\\S+ -Dpostgres.image=\\S+"),
				arguments);
		assertFalse(Files.exists(stamps.resolve("step3-nginx-bluegreen")),
				"other images: what was built is out of date");
		Files.createFile(stamps.resolve("step3-nginx-bluegreen"));
		shell("WORKSHOP_IMAGES=official; " + choose);
		assertTrue(Files.exists(stamps.resolve("step3-nginx-bluegreen")), "the same images: nothing to build");
		shell(choose);
		assertFalse(Files.exists(stamps.resolve("step3-nginx-bluegreen")),
				"back to the lab's own: what was built is out of date");
	}

	@Test
	void shouldDownloadOfficialImagesThatTheEngineDoesNotHave() throws IOException, InterruptedException {
		String ensure = "has_image() { case $1 in nginx:*) ;; *) false ;; esac; }; say() { :; };"
				+ " logged() { shift; echo \"$@\"; }; ensure_stage_images";
		assertEquals("", shell(ensure));
		assertEquals(List.of("docker pull eclipse-temurin", "docker pull registry", "docker pull postgres"),
				shell("WORKSHOP_IMAGES=official; " + ensure).lines()
					.map((line) -> line.replaceFirst(":.*", ""))
					.toList());
	}

	@Test
	void shouldRefuseAnythingElse() throws IOException, InterruptedException {
		assertEquals("unknown WORKSHOP_IMAGES 'offical': it is lab (the default) or official",
				shell("usage_error() { echo \"$1\"; exit; }; WORKSHOP_IMAGES=offical; choose_stage_images"));
	}

	private static String shell(String script) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder("sh", "-euc", ". lab/host/stage-images.sh; " + script)
			.directory(Stage.root().toFile())
			.redirectErrorStream(true);
		builder.environment().keySet().removeAll(Set.of("WORKSHOP_IMAGES", "MAVEN_ARGS"));
		Process process = builder.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(0, process.waitFor(), output);
		return output.strip();
	}

	/** What a script, a Dockerfile or a Compose file takes when nobody chooses. */
	private static Set<String> defaultsOfStages() throws IOException {
		Set<String> defaults = new TreeSet<>();
		for (Path file : filesOfStages()) {
			DEFAULT.matcher(Files.readString(file)).results().forEach((found) -> defaults.add(found.group(1)));
		}
		return defaults;
	}

	private static List<Path> filesOfStages() throws IOException {
		List<Path> files = new ArrayList<>();
		for (Stage stage : Stage.all()) {
			Path target = stage.directory().resolve("target");
			Path tests = stage.directory().resolve("src/test");
			try (Stream<Path> all = Files.walk(stage.directory(), 6)) {
				all.filter((file) -> !file.startsWith(target) && !file.startsWith(tests))
					.filter((file) -> file.toString().matches(".*(\\.sh|\\.ya?ml|/Dockerfile|/pom\\.xml)"))
					.forEach(files::add);
			}
		}
		assertTrue(files.size() > 20, files::toString);
		return files;
	}

}
