package dev.zerodowntime.step2;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.lab.Execution;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

/**
 * What the scripts do on a server, and what they say when something is wrong. How many
 * requests a deploy loses is another test's business.
 */
class DeployScriptIT {

	private static ContainerServer server;

	@BeforeAll
	static void start() {
		server = ContainerServer.asNew();
	}

	@BeforeEach
	void begin() {
		server.withV1();
	}

	@Test
	void shouldShipOneReleaseAfterTheOtherAndGoBack() {
		String v1 = container();
		sign("I was here before");

		server.run("docker", "rmi", "--force", "guest-book:v2");
		assertThat(server.run("./deploy.sh", "v2").orThrow().lines()).containsExactly("==> loading guest-book:v2",
				"==> stopping v1", "==> removed the container of v1", "==> starting v2", "==> v2 answers");
		get("/").header("X-App-Version", "v2").body(containsString("<h1>v2</h1>"));
		get("/api/entries").body("message", hasItem("I was here before"));
		assertThat(server.shell("cat log/app.log").output()).contains("Started GuestBookApplication");

		assertThat(server.run("./rollback.sh").orThrow().lines()).containsExactly("==> rolling back to v1",
				"==> stopping v2", "==> removed the container of v2", "==> starting v1", "==> v1 answers");
		get("/api/entries").header("X-App-Version", "v1").body("message", hasItem("I was here before"));
		assertThat(container()).isNotEqualTo(v1);
		assertThat(server.run("./rollback.sh").orThrow().lines()).contains("==> rolling back to v2");
	}

	@Test
	void shouldTouchNothingWhenThereIsNoSuchRelease() {
		String v1 = container();

		assertRefused(2, "deploy.sh: which version? usage: ./deploy.sh VERSION (there are: v1 v2)", "./deploy.sh");
		assertRefused(2, "deploy.sh: there is no version v9 (there are: v1 v2)", "./deploy.sh", "v9");
		assertRefused(2, "deploy.sh: ../v1 is not a version (there are: v1 v2)", "./deploy.sh", "../v1");
		assertRefused(1, "rollback.sh: there is nothing to go back to: no other release was live here",
				"./rollback.sh");
		assertThat(container()).isEqualTo(v1);
	}

	@Test
	void shouldTouchNothingWhenTheArchiveIsNotTheImage() {
		String v1 = container();

		server.shell("mkdir releases/v3 && cp releases/v1/image.tar releases/v3/").orThrow();
		assertFails("deploy.sh: releases/v3/image.tar holds another image than guest-book:v3, nothing was touched");
		server.shell("echo 'not an archive' >releases/v3/image.tar").orThrow();
		assertFails("deploy.sh: releases/v3/image.tar could not be loaded, nothing was touched");
		assertThat(container()).isEqualTo(v1);
	}

	@Test
	void shouldTouchNothingWhenTheDiskIsFull() {
		String v1 = container();
		server.shell("mkdir releases/v3 && ln releases/v2/image.tar releases/v3/").orThrow();
		String docker = "/var/lib/docker/tmp";
		server.server().execAsRoot("mount", "-t", "tmpfs", "-o", "size=50m", "tmpfs", docker).orThrow();
		try {
			assertFails("no space left on device");
		}
		finally {
			server.server().execAsRoot("umount", docker).orThrow();
		}
		assertThat(container()).isEqualTo(v1);
	}

	@Test
	void shouldNotTakeAnImageForAnotherOnceItWasShipped() {
		String image = "docker image inspect --format '{{.Id}}' guest-book:v1";
		String v1 = server.shell(image).output();
		server.shell("mv releases/v1/image.tar kept.tar && ln releases/v2/image.tar releases/v1/image.tar").orThrow();
		try {
			server.run("./deploy.sh", "v1").orThrow();
			assertThat(server.shell(image).output()).isEqualTo(v1);
		}
		finally {
			server.shell("mv kept.tar releases/v1/image.tar").orThrow();
		}
	}

	@Test
	void shouldLeaveAStrangerAloneWhoHasTheName() {
		server
			.shell("docker rm --force guest-book; docker tag guest-book:v1 database:17"
					+ "; docker run -d --name guest-book database:17")
			.orThrow();
		String stranger = container();

		assertRefused(1, "deploy.sh: the name guest-book belongs to a container of database:17: rename that one"
				+ " (docker rename), nothing was touched", "./deploy.sh", "v1");
		assertThat(container()).isEqualTo(stranger);
	}

	@Test
	void shouldLeaveAStrangerAloneWhoHasThePort() {
		server.shell("docker rm --force guest-book; docker run -d --name shop -p 8080:8080 guest-book:v1").orThrow();

		assertRefused(1, "deploy.sh: port 8080 belongs to the container shop: stop that one (docker stop), nothing"
				+ " was touched", "./deploy.sh", "v1");
		assertThat(server.run("docker", "ps", "--format", "{{.Names}}").output()).isEqualTo("shop");
	}

	@Test
	void shouldSayWhoElseHasThePortWhenItIsNoContainer() {
		server.run("docker", "rm", "--force", "guest-book").orThrow();
		server.shell("mkdir -p empty log && java -m jdk.httpserver --version").orThrow();
		server
			.shell("java -m jdk.httpserver --port 8080 --directory /srv/app/empty >log/other.log 2>&1 &"
					+ " timeout 10 sh -c 'until curl -s http://127.0.0.1:8080/; do sleep 0.1; done' >log/other.answer")
			.orThrow();
		try {
			Execution deploy = server.run("./deploy.sh", "v1");
			assertThat(deploy.exitCode()).isEqualTo(1);
			assertThat(deploy.output()).contains("address already in use")
				.contains("deploy.sh: v1 could not be started")
				.contains("v1 is not live");
		}
		finally {
			server.shell(
					"pkill -f '[j]dk.httpserver'; timeout 10 sh -c 'while pgrep -f [j]dk.httpserver; do sleep 0.1; done'")
				.orThrow();
		}
		server.run("./deploy.sh", "v1").orThrow();
	}

	@Test
	void shouldShowTheLogAndTheWayBackWhenTheReleaseExitsAtOnce() {
		sign("I was here before");
		image("v3", "ENTRYPOINT [\"java\", \"-jar\", \"nonesuch.jar\"]");

		Execution deploy = server.run("./deploy.sh", "v3");

		assertThat(deploy.exitCode()).isEqualTo(1);
		assertThat(deploy.lines()).contains("deploy.sh: v3 stopped by itself",
				"deploy.sh: the last lines of its log (docker logs guest-book):",
				"    Error: Unable to access jarfile nonesuch.jar",
				"deploy.sh: v3 is not live; the way back: ./rollback.sh");
		assertThat(server.run("docker", "ps", "--quiet").output()).as("what runs").isEmpty();
		assertThat(server.run("./rollback.sh").orThrow().lines()).contains("==> rolling back to v1");
		get("/api/entries").header("X-App-Version", "v1").body("message", hasItem("I was here before"));
	}

	@Test
	void shouldPutThingsRightAfterADeployThatWasKilledBetweenRemoveAndRun() {
		sign("I was here before");
		killedBeforeRun("v2");
		server.run("./deploy.sh", "v2").orThrow();
		get("/api/entries").header("X-App-Version", "v2").body("message", hasItem("I was here before"));
	}

	@Test
	void shouldGoBackAfterADeployThatWasKilledBetweenRemoveAndRun() {
		killedBeforeRun("v2");
		assertThat(server.run("./rollback.sh").orThrow().lines()).contains("==> rolling back to v1",
				"==> nothing is running", "==> v1 answers");
	}

	@Test
	void shouldTellTheWayWhenItIsInterrupted() throws InterruptedException {
		BlockingQueue<String> progress = new LinkedBlockingQueue<>();
		CompletableFuture<Execution> deploy = deploying(progress, "v2");
		await(progress, "==> starting v2");
		server.run("pkill", "-TERM", "-f", "deploy.sh v2").orThrow();

		assertThat(deploy.join().exitCode()).isEqualTo(130);
		assertThat(deploy.join().lines())
			.contains("deploy.sh: interrupted; to put things right: ./deploy.sh v2, or ./rollback.sh");
		server.run("./deploy.sh", "v2").orThrow();
	}

	@Test
	void shouldRefuseASecondDeployAtTheSameTime() throws InterruptedException {
		BlockingQueue<String> progress = new LinkedBlockingQueue<>();
		CompletableFuture<Execution> first = deploying(progress, "v1");
		await(progress, "==> stopping v1");

		assertRefused(1, "deploy.sh: another deploy is running: wait for it, nothing was touched", "./deploy.sh", "v2");

		first.join().orThrow();
		get("/api/version").body("version", equalTo("v1"));
		server.run("flock", "-n", "deploy.lock", "true").orThrow();
	}

	@Test
	void shouldSayThatTheEngineDoesNotAnswer() {
		Execution deploy = server.shell("DOCKER_HOST=unix:///nowhere ./deploy.sh v1");
		assertThat(deploy.exitCode()).isEqualTo(1);
		assertThat(deploy.lines().get(0))
			.startsWith("deploy.sh: the Docker engine does not answer, nothing was touched");
	}

	/** The shell dies where the service is gone and its successor not yet there. */
	private static void killedBeforeRun(String version) {
		server
			.shell("""
					mkdir -p shim
					printf '%s\\n' '#!/bin/sh' '[ "$1" != run ] || exec kill -KILL $PPID' 'exec /usr/bin/docker "$@"' >shim/docker
					chmod +x shim/docker
					PATH=/srv/app/shim:$PATH ./deploy.sh VERSION
					"""
				.replace("VERSION", version));
		assertThat(server.run("docker", "ps", "--all", "--quiet").output()).as("containers").isEmpty();
	}

	private static CompletableFuture<Execution> deploying(BlockingQueue<String> progress, String version) {
		return CompletableFuture.supplyAsync(() -> server.server().exec(progress::add, "./deploy.sh", version));
	}

	private static void await(BlockingQueue<String> progress, String expected) throws InterruptedException {
		String line = "";
		while (!expected.equals(line)) {
			line = progress.poll(60, TimeUnit.SECONDS);
			assertThat(line).as("a line before '%s'", expected).isNotNull();
		}
	}

	private static void image(String version, String change) {
		server
			.shell("printf 'FROM guest-book:v1\\nLABEL org.opencontainers.image.version=%s\\n%s\\n' '" + version + "' '"
					+ change + "' | docker build --tag guest-book:" + version + " -")
			.orThrow();
	}

	private static void assertRefused(int exitCode, String message, String... command) {
		Execution execution = server.run(command);
		assertThat(execution.lines()).containsExactly(message);
		assertThat(execution.exitCode()).isEqualTo(exitCode);
	}

	private static void assertFails(String message) {
		Execution deploy = server.run("./deploy.sh", "v3");
		assertThat(deploy.output()).contains(message);
		assertThat(deploy.exitCode()).isEqualTo(1);
	}

	private static String container() {
		return server.run("docker", "inspect", "--format", "{{.Id}} {{.State.Running}}", "guest-book")
			.orThrow()
			.output();
	}

	private static ValidatableResponse get(String path) {
		return RestAssured.get(server.server().url() + path).then().statusCode(200);
	}

	private static void sign(String message) {
		RestAssured.given()
			.contentType(ContentType.JSON)
			.body("{ \"name\": \"Grace\", \"message\": \"%s\" }".formatted(message))
			.post(server.server().url() + "/api/entries")
			.then()
			.statusCode(201);
	}

}
