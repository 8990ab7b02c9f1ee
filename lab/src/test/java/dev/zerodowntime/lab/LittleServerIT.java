package dev.zerodowntime.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.github.dockerjava.api.exception.NotFoundException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LittleServerIT {

	@TempDir
	static Path directory;

	static Stage stage;

	static LittleServer server;

	@BeforeAll
	static void start() throws IOException {
		stage = fixture(directory.resolve("step 1 하나"));
		server = LittleServer.of(stage).start();
	}

	@AfterAll
	static void close() {
		server.close();
	}

	@Test
	void shouldPutScriptsAndReleasesWhereTheUserMayChangeThem() {
		assertEquals(
				List.of("755 app:app deploy.sh", "755 app:app releases", "755 app:app releases/v1",
						"644 app:app releases/v1/app.jar"),
				run("stat", "-c", "%a %U:%G %n", "deploy.sh", "releases", "releases/v1", "releases/v1/app.jar")
					.lines());
		assertEquals("v1's jar", run("cat", "releases/v1/app.jar").output());
		assertEquals("app in /srv/app", run("sh", "-c", "echo $(whoami) in $PWD").output());
	}

	@Test
	void shouldTellExitStatusAndBothStreams() {
		Execution execution = run("sh", "-c", "echo out; echo err >&2; exit 3");
		assertEquals(3, execution.exitCode());
		assertTrue(execution.lines().containsAll(List.of("out", "err")), execution::output);
		LabException ex = assertThrows(LabException.class, execution::orThrow);
		assertTrue(ex.getMessage().contains("ended with exit status 3"), ex::getMessage);
	}

	@Test
	void shouldLetThoseKnowWhoWatch() {
		Execution execution = run("told", "sh", "-c", "echo out; echo err >&2; exit 3");

		assertEquals(3, execution.exitCode());
		assertTrue(execution.lines().containsAll(List.of("out", "err")), execution::output);
		List<String> written = run("cat", "/tmp/told").lines();
		assertEquals("told: begin sh -c echo out; echo err >&2; exit 3", written.get(0));
		assertTrue(written.containsAll(List.of("out", "err")), written::toString);
		assertEquals("told: end 3 sh -c echo out; echo err >&2; exit 3", written.get(written.size() - 1));
	}

	@Test
	void shouldPassLinesOnAsTheyCome() throws InterruptedException {
		BlockingQueue<String> lines = new LinkedBlockingQueue<>();
		Thread reader = new Thread(() -> server.exec(lines::add, "./deploy.sh", "v1"));
		reader.start();
		assertEquals("==> waiting for a file", lines.poll(10, TimeUnit.SECONDS));
		run("touch", "go on").orThrow();
		assertEquals("==> v1 안녕", lines.poll(10, TimeUnit.SECONDS));
		reader.join();
	}

	@Test
	void shouldSayWhatItWaitedFor() {
		LabException ex = assertThrows(LabException.class, () -> server.exec(Duration.ofSeconds(1), (line) -> {
		}, "sleep", "20"));
		assertEquals("waited 1 s for 'sleep 20' to end on the fixture server, in vain", ex.getMessage());
	}

	@Test
	void shouldPublishOnLoopbackOnly() {
		assertEquals("127.0.0.1", server.url().getHost());
		assertTrue(server.url().getPort() > 0);
	}

	@Test
	void shouldBringLogsOut() throws IOException {
		run("sh", "-c", "mkdir -p log && echo 'it began' > log/app.log").orThrow();
		assertEquals("it began", server.logs());
		Path logs = server.collectLogs(directory.resolve("collected"));
		assertEquals("it began\n", Files.readString(logs.resolve("app.log")));
	}

	@Test
	void shouldBeGoneWhenClosed() {
		LittleServer other = LittleServer.of(stage).start();
		other.close();
		other.close();
		assertThrows(NotFoundException.class, () -> Engine.client().inspectContainerCmd(other.id()).exec());
		assertEquals("the fixture server %.12s is gone".formatted(other.id()),
				assertThrows(LabException.class, other::url).getMessage());
		assertThrows(LabException.class, () -> other.exec((line) -> {
		}, "true"));
	}

	@Test
	void shouldRemoveWhatAnEndedSessionOfThisCheckoutLeftBehind() throws Exception {
		String session = UUID.randomUUID().toString();
		Path file = Files.createFile(Stage.root().resolve(".workshop/sessions/" + session));
		String leftover = containerOf(session);
		String another = containerOf(session);
		LittleServer.of(stage).start().close();
		assertIsGone(leftover);
		assertIsGone(another);
		assertFalse(Files.exists(file));
		assertTrue(run("true").succeeded(), "this session's own server");
	}

	/** Another job on the same engine, whose processes nobody here can see. */
	@Test
	void shouldLeaveTheServersOfAnotherCheckoutAlone() {
		String others = containerOf(UUID.randomUUID().toString());
		try {
			LittleServer.of(stage).start().close();
			Engine.client().inspectContainerCmd(others).exec();
		}
		finally {
			Engine.remove(others);
		}
	}

	@Test
	void shouldRemoveItsServersEvenWhenItIsKilled() throws Exception {
		Process killed = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
				System.getProperty("java.class.path"), Killed.class.getName(), stage.directory().toString())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		try (BufferedReader output = killed.inputReader()) {
			String id = output.lines().filter((line) -> line.matches("[0-9a-f]{64}")).findFirst().orElseThrow();
			Engine.client().inspectContainerCmd(id).exec();
			killed.destroyForcibly().waitFor();
			long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
			while (!Engine.containers(Map.of(Labels.STAGE, "killed")).isEmpty() && System.nanoTime() < end) {
				Thread.sleep(100);
			}
			assertIsGone(id);
		}
	}

	/** Starts a server, prints its id and waits to be killed. */
	static final class Killed {

		private Killed() {
		}

		public static void main(String[] arguments) throws InterruptedException {
			System.out.println(LittleServer.of(new Stage("killed", Path.of(arguments[0]))).start().id());
			Thread.sleep(Duration.ofMinutes(5).toMillis());
		}

	}

	private static String containerOf(String session) {
		return Engine.client()
			.createContainerCmd("zero-downtime/server")
			.withLabels(Map.of(Labels.WORKSHOP, "true", Labels.ROLE, Labels.REHEARSAL, Labels.SESSION, session))
			.exec()
			.getId();
	}

	private static void assertIsGone(String id) {
		assertThrows(NotFoundException.class, () -> Engine.client().inspectContainerCmd(id).exec());
	}

	@Test
	void shouldKeepAServerThatIsUpUntilItIsClosed() {
		try (LittleServer up = LittleServer.of(stage).up()) {
			assertEquals(up.id(), LittleServer.find(stage).orElseThrow().id());
			assertFalse(Engine.client()
				.inspectContainerCmd(up.id())
				.exec()
				.getConfig()
				.getLabels()
				.containsKey("org.testcontainers.sessionId"));
			assertEquals("fixture is up already at " + up.url() + " (to remove it: ./workshop down fixture)",
					assertThrows(LabException.class, () -> LittleServer.of(stage).up()).getMessage());
		}
		assertTrue(LittleServer.find(stage).isEmpty());
	}

	@Test
	void shouldNameTheCureForAMissingImage() {
		LabException ex = assertThrows(LabException.class, () -> Engine.requireImage("zero-downtime/nonesuch"));
		assertEquals("the image zero-downtime/nonesuch is missing: ./workshop setup", ex.getMessage());
	}

	private static Execution run(String... command) {
		return server.exec((line) -> {
		}, command);
	}

	private static Stage fixture(Path folder) throws IOException {
		Files.createDirectories(folder.resolve("target/releases/v1"));
		Files.writeString(folder.resolve("target/releases/v1/app.jar"), "v1's jar");
		Files.writeString(folder.resolve("deploy.sh"), """
				#!/bin/sh
				echo "==> waiting for a file"
				until [ -e "go on" ]; do sleep 0.1; done
				echo "==> $1 안녕"
				""");
		return new Stage("fixture", folder);
	}

}
