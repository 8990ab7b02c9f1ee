package dev.zerodowntime.lab;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The scripts readers take along: POSIX sh, clean under ShellCheck, with LF line ends.
 */
class ScriptsTest {

	@Test
	void shouldPassShellCheck() throws IOException, InterruptedException {
		// ./workshop test installs it where it may
		Assumptions.assumeTrue(System.getenv("CI") != null || isInstalled("shellcheck"), "ShellCheck is missing");
		List<String> command = new ArrayList<>(List.of("shellcheck", "--external-sources"));
		scripts().forEach((script) -> command.add(Stage.root().relativize(script).toString()));
		Process process = new ProcessBuilder(command).directory(Stage.root().toFile())
			.redirectErrorStream(true)
			.start();
		String findings = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(0, process.waitFor(), findings);
	}

	@Test
	void shouldBePosixShellWithUnixLineEnds() throws IOException {
		List<Path> scripts = scripts();
		assertTrue(scripts.size() > 10, scripts::toString);
		for (Path script : scripts) {
			String text = Files.readString(script);
			assertTrue(text.indexOf('\r') < 0, () -> script + " has CRLF line ends");
			assertTrue(text.startsWith("#!/bin/sh\n") || text.startsWith("# shellcheck shell=sh"),
					() -> script + " is no POSIX shell script");
		}
	}

	private static List<Path> scripts() throws IOException {
		List<Path> scripts = new ArrayList<>(List.of(Stage.root().resolve("workshop")));
		for (String folder : List.of("lab/host", "lab/images", "lab/tools", "probe", "docs", "browser")) {
			scripts.addAll(shellScriptsIn(Stage.root().resolve(folder)));
		}
		for (Stage stage : Stage.all()) {
			scripts.addAll(shellScriptsIn(stage.directory()));
			for (String folder : List.of("src/lab", "app/ci")) {
				if (Files.isDirectory(stage.directory().resolve(folder))) {
					scripts.addAll(shellScriptsIn(stage.directory().resolve(folder)));
				}
			}
		}
		return scripts;
	}

	private static List<Path> shellScriptsIn(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder, 2)) {
			return files.filter((file) -> file.toString().endsWith(".sh"))
				.filter((file) -> !file.startsWith(folder.resolve("target")))
				.sorted()
				.toList();
		}
	}

	private static boolean isInstalled(String tool) {
		return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, tool)));
	}

}
