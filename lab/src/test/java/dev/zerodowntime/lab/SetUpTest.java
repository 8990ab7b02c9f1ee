package dev.zerodowntime.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The set-up of {@code ./workshop}: which images and modules a step needs, what is built
 * again after an edit, and how jobs that run at the same time end.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class SetUpTest {

	private static final String PARTS = "for part in ui progress process lock java debian engine images maven build; do . \"%s/lab/host/$part.sh\"; done%n";

	@TempDir
	private Path folder;

	@Test
	void shouldMakeOnlyTheImagesThatAStepNeeds() throws Exception {
		assertEquals("jre server", imagesOf("step1"));
		assertEquals("jre server engine", imagesOf("step2"));
		assertEquals("jre nginx server engine", imagesOf("step3"));
		assertEquals("jre nginx registry server engine ci", imagesOf("step4"));
		assertEquals("jre nginx postgres server engine", imagesOf("step5"));
	}

	@Test
	void shouldBuildAgainWhatAnEditedSourceIsPartOf() throws Exception {
		List<String> modules = List.of("probe", "lab", "step1-a", "step4-b");
		write("pom.xml", "");
		for (String module : modules) {
			write(module + "/pom.xml", module.equals("step4-b") ? "<stage3>${basedir}/../step3-c</stage3>" : "");
			write(module + "/src/Some.java", "");
			write(module + "/target/some.jar", "");
		}
		write("step3-c/deploy.sh", "");
		assertEquals("probe,lab,step1-a,step4-b", unbuilt(modules));
		for (String module : modules) {
			Path stamp = write("state/stamps/" + module, "");
			Files.setLastModifiedTime(stamp, FileTime.from(Instant.now().plus(Duration.ofHours(1))));
		}
		assertEquals("", unbuilt(modules));
		assertEquals("step1-a", unbuiltAfterEditing("step1-a/src/Some.java", modules));
		assertEquals("step4-b", unbuiltAfterEditing("step3-c/deploy.sh", modules));
		assertEquals("lab,step1-a,step4-b", unbuiltAfterEditing("lab/src/Some.java", modules));
		assertEquals("probe,lab,step1-a,step4-b", unbuiltAfterEditing("probe/src/Some.java", modules));
		Files.delete(this.folder.resolve("step1-a/target/some.jar"));
		assertEquals("step1-a", unbuilt(modules));
	}

	@Test
	void shouldPrintEachStepWithItsSeconds() throws Exception {
		Script script = run("""
				one() { step 'The first'; logged one true; step 'The second'; logged two true; }
				take_lock
				beside one one
				join
				release_lock
				""");
		assertEquals(0, script.exitCode(), script.output());
		assertTrue(script.output().matches("==> The first: \\d+ s\n==> The second: \\d+ s\n"), script.output());
		assertFalse(Files.exists(this.folder.resolve("state/lock")));
	}

	@Test
	void shouldStopTheOtherJobWhenOneFails() throws Exception {
		Script script = run("""
				slow() { step Slow; logged slow sh -c 'sleep 30 & echo $! >child; wait'; }
				bad() {
					step Bad
					until [ -s child ]; do sleep 0.1; done
					logged bad sh -c 'echo from the log; exit 3' || failed "$LOG" 'it is broken'
				}
				take_lock
				beside slow slow
				beside bad bad
				join
				echo not reached
				""");
		assertEquals(1, script.exitCode(), script.output());
		assertTrue(script.output().matches("""
				==> Bad failed: \\d+ s
				    from the log
				workshop: it is broken \\(log: .*/logs/bad.log\\)
				"""), script.output());
		assertAllStopped();
	}

	@Test
	void shouldStopAllJobsWhenInterrupted() throws Exception {
		Process process = start("""
				slow() { logged "$1" sh -c "sleep 30 & echo \\$! >$1; wait"; }
				take_lock
				beside one slow child
				beside two slow child2
				join
				""");
		while (!(isWritten("child") && isWritten("child2"))) {
			Thread.sleep(50);
		}
		process.toHandle().destroy();
		Script script = finished(process);
		assertEquals(143, script.exitCode(), script.output());
		assertEquals("workshop: interrupted: the next ./workshop goes on from here\n", script.output());
		assertAllStopped();
	}

	private boolean isWritten(String file) throws IOException {
		Path path = this.folder.resolve(file);
		return Files.exists(path) && Files.readString(path).endsWith("\n");
	}

	private void assertAllStopped() throws Exception {
		assertFalse(Files.exists(this.folder.resolve("state/lock")));
		for (String child : List.of("child", "child2")) {
			if (isWritten(child)) {
				var handle = ProcessHandle.of(Long.parseLong(Files.readString(this.folder.resolve(child)).strip()));
				if (handle.isPresent()) {
					handle.get().onExit().get(5, TimeUnit.SECONDS);
				}
			}
		}
	}

	private static String imagesOf(String stage) throws Exception {
		Script script = finished(
				start(Stage.root(), Path.of("unused"), "images_of " + Stage.named(stage).directory().getFileName()));
		return script.output().strip();
	}

	private String unbuilt(List<String> modules) throws Exception {
		return run("unbuilt " + String.join(" ", modules)).output().strip();
	}

	private String unbuiltAfterEditing(String file, List<String> modules) throws Exception {
		Path path = this.folder.resolve(file);
		FileTime before = Files.getLastModifiedTime(path);
		Files.setLastModifiedTime(path, FileTime.from(Instant.now().plus(Duration.ofHours(2))));
		String unbuilt = unbuilt(modules);
		Files.setLastModifiedTime(path, before);
		return unbuilt;
	}

	private Path write(String file, String text) throws IOException {
		Path path = this.folder.resolve(file);
		Files.createDirectories(path.getParent());
		return Files.writeString(path, text);
	}

	private Script run(String script) throws Exception {
		return finished(start(script));
	}

	private Process start(String script) throws IOException {
		return start(this.folder, this.folder.resolve("state"), script);
	}

	private static Process start(Path directory, Path state, String script) throws IOException {
		String preamble = "set -eu%nSTATE='%s' LOGS='%s/logs'%n".formatted(state, state)
				+ PARTS.formatted(Stage.root());
		return new ProcessBuilder("sh", "-c", preamble + script).directory(directory.toFile())
			.redirectErrorStream(true)
			.start();
	}

	private static Script finished(Process process) throws Exception {
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Script(process.waitFor(), output);
	}

	private record Script(int exitCode, String output) {
	}

}
