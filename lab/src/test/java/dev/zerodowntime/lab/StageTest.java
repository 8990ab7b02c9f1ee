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
		Variant variant = new Variant("without-x", "Without x, all is lost.", null, patch);
		assertEquals(List.of(variant), Stage.named("step2").variants());
		assertEquals(variant, Stage.named("step2").variant("without-x"));
		LabException ex = assertThrows(LabException.class, () -> Stage.named("step2").variant("without-y"));
		assertEquals("step2 has no variant 'without-y': there is without-x", ex.getMessage());
	}

	@Test
	void shouldReadAVariantThatShipsAnotherRelease() throws IOException {
		Path variants = Files.createDirectory(this.root.resolve("step2-next/variants"));
		Files.writeString(variants.resolve("at-once.patch"), "All at once.\nShips: v2-at-once\n");
		Variant variant = Stage.named("step2").variant("at-once");
		assertEquals("All at once.", variant.description());
		assertEquals("v2-at-once", variant.ships());
		assertFalse(variant.changesScripts());
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
	void shouldDeployWithTheScriptsOfAnotherStage() throws IOException {
		Path kit = this.root.resolve("step1-하나 둘");
		Path stage = this.root.resolve("step2-next");
		for (String file : List.of("build.sh", "deploy.sh", "Dockerfile")) {
			Files.createFile(kit.resolve(file));
		}
		Files.createDirectories(kit.resolve("server"));
		Files.createDirectories(kit.resolve("target/server"));
		Files.createDirectories(stage.resolve("server"));
		Files.createFile(stage.resolve("restore.sh"));
		Files.writeString(stage.resolve("kit"), "step1-하나 둘\n");
		Stage found = Stage.named("step2");
		assertEquals(List.of(kit.resolve("deploy.sh"), stage.resolve("restore.sh")), found.scripts());
		assertEquals(List.of(kit.resolve("server"), stage.resolve("server")), found.serverFolders());
		assertTrue(found.usesDocker());
	}

	@Test
	void shouldReadWhatTheProbeRequests() throws IOException {
		assertEquals(List.of(), Stage.named("step2").requests());
		Path file = this.root.resolve("step2-next/src/lab/requests.txt");
		Files.createDirectories(file.getParent());
		Files.writeString(file, "# Reads\n9x GET / 200\n\nPOST /api 201 {}\nX-Key: {{uuid}}\n");
		assertEquals(List.of("9x GET / 200", "POST /api 201 {}\nX-Key: {{uuid}}"), Stage.named("step2").requests());
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
