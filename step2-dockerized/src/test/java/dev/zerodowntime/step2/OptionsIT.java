package dev.zerodowntime.step2;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The options of {@code docker run} in the chapter's table: what happens with each, and
 * what without. For {@code -v} and {@code -e} see {@link VariantsIT}.
 */
class OptionsIT {

	private static final String AWAIT_ANSWER = "timeout 30 sh -c"
			+ " 'until curl -fs http://127.0.0.1:8080/api/version; do sleep 0.1; done'";

	private static final String NAMES = "docker ps --all --format '{{.Names}}'";

	private static ContainerServer server;

	@BeforeAll
	static void start() {
		server = ContainerServer.asNew();
		server.run("docker", "load", "--input", "releases/v1/image.tar").orThrow();
	}

	@BeforeEach
	void reset() {
		server.reset();
	}

	@Test
	void detachedOutlivesTheTerminalAndAttachedDoesNot() {
		output("docker run -d --name detached guest-book:v1");
		// 143 is what java says after SIGTERM, which docker run passes on
		assertThat(server.shell("timeout 5 docker run --name attached guest-book:v1").lines())
			.as("the log in the terminal")
			.anyMatch((line) -> line.contains("Starting GuestBookApplication"));
		assertThat(output("docker ps --format '{{.Names}}'")).isEqualTo("detached");
	}

	@Test
	void onlyAPublishedPortAnswers() {
		output("docker run -d --name hidden guest-book:v1");
		String address = output(
				"docker inspect --format" + " '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' hidden");
		assertThat(server
			.shell("timeout 30 sh -c 'until curl -fs http://" + address + ":8080/api/version; do sleep 0.1; done'")
			.output()).as("at the container's own address").contains("\"version\":\"v1\"");
		assertThat(server.run("curl", "-s", "http://127.0.0.1:8080/").exitCode()).as("refused").isEqualTo(7);

		output("docker run -d -p 8080:8080 guest-book:v1");
		assertThat(output(AWAIT_ANSWER)).contains("\"version\":\"v1\"");
	}

	@Test
	void aContainerWithoutANameGetsOneThatNoScriptKnows() {
		output("docker run -d guest-book:v1");
		assertThat(server.run("docker", "stop", "guest-book").output()).contains("No such container: guest-book");
		output("docker run -d --name guest-book guest-book:v1");
		output("docker stop guest-book");
	}

	@Test
	void whatHasEndedStaysWithoutRm() {
		String hello = " --entrypoint echo guest-book:v1 hello";
		assertThat(output("docker run --name kept" + hello)).isEqualTo("hello");
		assertThat(output("docker run --rm --name gone" + hello)).isEqualTo("hello");
		assertThat(output(NAMES)).isEqualTo("kept");
	}

	@Test
	void aShellHearsNothingWithoutI() {
		String shell = " --rm --entrypoint sh guest-book:v1";
		assertThat(output("echo 'echo hello' | docker run -i" + shell)).isEqualTo("hello");
		assertThat(output("echo 'echo hello' | docker run" + shell)).isEmpty();
	}

	@Test
	void aShellHasNoTerminalWithoutT() {
		String tty = " --rm --entrypoint tty guest-book:v1";
		assertThat(output("docker run -t" + tty)).startsWith("/dev/pts/0");
		assertThat(server.shell("docker run" + tty).output()).isEqualTo("not a tty");
	}

	@Test
	void aShellWithBothGreetsWithAPrompt() {
		assertThat(output("echo exit | script -qec 'docker run --rm -it --entrypoint sh guest-book:v1' /dev/null"))
			.contains("$ ");
	}

	@Test
	void aBackupPacksTheWrongFolderWithoutW() {
		output("docker run --rm -v guest-book-data:/data --entrypoint touch guest-book:v1 /data/entries.jsonl");
		String list = " --rm -v guest-book-data:/data --entrypoint tar guest-book:v1 -cf - . | tar -tf -";
		assertThat(output("docker run -w /data" + list).lines()).containsExactly("./", "./entries.jsonl");
		assertThat(output("docker run" + list).lines()).contains("./application.jar").doesNotContain("./entries.jsonl");
	}

	@Test
	void withoutALimitTheHeapIsTheMachines() {
		String heap = " --rm --entrypoint java guest-book:v1 -XX:+PrintFlagsFinal -version 2>/dev/null"
				+ " | awk '$2 == \"MaxHeapSize\" { print $4 }'";
		assertThat(Long.parseLong(output("docker run --memory 512m" + heap))).isEqualTo(512L * 1024 * 1024 / 4);
		assertThat(Long.parseLong(output("docker run" + heap))).isGreaterThan(512L * 1024 * 1024 / 4);
	}

	private static String output(String script) {
		return server.shell(script).orThrow().output();
	}

}
