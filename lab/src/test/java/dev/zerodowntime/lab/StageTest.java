package dev.zerodowntime.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class StageTest {

	@TempDir
	Path root;

	@BeforeEach
	void pointToRoot() throws IOException {
		System.setProperty(Stage.ROOT_PROPERTY, this.root.toString());
		Files.createDirectories(this.root.resolve("step1-하나 둘"));
		Files.createDirectories(this.root.resolve("step2-next/target/releases"));
		Files.createFile(this.root.resolve("step3-file"));
	}

	@AfterEach
	void forgetRoot() {
		System.clearProperty(Stage.ROOT_PROPERTY);
	}

	@Test
	void shouldFindTheFolderThatBeginsWithTheName() {
		assertEquals(this.root.resolve("step1-하나 둘"), Stage.named("step1").directory());
	}

	@Test
	void shouldNameTheStagesThereAreWhenOneIsUnknown() {
		LabException ex = assertThrows(LabException.class, () -> Stage.named("step9"));
		assertEquals("unknown stage 'step9': there is step1, step2", ex.getMessage());
	}

	@Test
	void shouldSayHowToBuildWhatIsNotBuilt() {
		LabException ex = assertThrows(LabException.class, () -> Stage.named("step1").releases());
		assertEquals("step1 is not built: ./mvnw package -pl step1-하나 둘 -am", ex.getMessage());
		assertEquals(this.root.resolve("step2-next/target/releases"), Stage.named("step2").releases());
	}

	@Test
	void shouldReadVariantsWithTheirDescription() throws IOException {
		assertEquals(List.of(), Stage.named("step2").variants());
		Path variants = Files.createDirectory(this.root.resolve("step2-next/variants"));
		Path patch = Files.writeString(variants.resolve("without-x.patch"),
				"Without x,\nall is lost.\n\n--- deploy.sh\n+++ deploy.sh\n");
		Files.createFile(variants.resolve("notes.txt"));
		Variant variant = new Variant("without-x", "Without x, all is lost.", patch);
		assertEquals(List.of(variant), Stage.named("step2").variants());
		assertEquals(variant, Stage.named("step2").variant("without-x"));
		LabException ex = assertThrows(LabException.class, () -> Stage.named("step2").variant("without-y"));
		assertEquals("step2 has no variant 'without-y': there is without-x", ex.getMessage());
	}

	@Test
	void shouldNeedAnEngineForADockerfile() throws IOException {
		assertFalse(Stage.named("step2").usesDocker());
		Files.createFile(this.root.resolve("step2-next/Dockerfile"));
		assertTrue(Stage.named("step2").usesDocker());
		assertFalse(Stage.named("step2").isBuiltOnServer());
	}

	@Test
	void shouldNeedWhatBuildsARepository() throws IOException {
		Files.createDirectory(this.root.resolve("step2-next/app"));
		Files.createFile(this.root.resolve("step2-next/app/Dockerfile"));
		assertTrue(Stage.named("step2").isBuiltOnServer());
		assertTrue(Stage.named("step2").usesDocker());
	}

	@Test
	void shouldFindTheServersBehindALoadBalancer() throws IOException {
		assertEquals(List.of(), Stage.named("step2").machines());
		Path folder = Files.createDirectories(this.root.resolve("step2-next/server/haproxy"));
		Files.writeString(folder.resolve("haproxy.cfg"), """
				# server no-1 no-1:8080
				backend app
					default-server check
					server blue-1 blue-1:8080
					server green-1 green-1:8080 backup
				""");
		assertEquals(List.of("blue-1", "green-1"), Stage.named("step2").machines());
	}

	@Test
	void shouldFindTheScriptsForTheServer() throws IOException {
		Path stage = this.root.resolve("step2-next");
		Files.createFile(stage.resolve("build.sh"));
		Files.createFile(stage.resolve("rollback.sh"));
		Files.createFile(stage.resolve("deploy.sh"));
		Files.createFile(stage.resolve("README.md"));
		assertEquals("[deploy.sh, rollback.sh]",
				Stage.named("step2").scripts().stream().map(Path::getFileName).toList().toString());
	}

}
