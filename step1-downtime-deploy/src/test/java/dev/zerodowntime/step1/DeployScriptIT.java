package dev.zerodowntime.step1;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Stage;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

/**
 * What the scripts do on a server, and what they say when something is wrong. How many
 * requests a deploy loses is another test's business.
 */
class DeployScriptIT {

	private LittleServer server;

	@BeforeEach
	void start() {
		this.server = LittleServer.of(Stage.named("step1")).start();
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void shouldShipOneReleaseAfterTheOtherAndGoBack() {
		assertThat(run("./deploy.sh", "v1").orThrow().lines(),
				contains("==> nothing is running", "==> starting v1", "==> v1 answers"));
		get("/api/version").body("version", equalTo("v1")).body("host", equalTo("step1-server"));
		sign("I was here before");

		assertThat(run("./deploy.sh", "v2").orThrow().lines(),
				contains(matchesPattern("==> stopping v1 \\(pid \\d+\\)"), equalTo("==> stopped v1"),
						equalTo("==> starting v2"), equalTo("==> v2 answers")));
		get("/").header("X-App-Version", "v2").body(containsString("<h1>v2</h1>"));
		get("/api/entries").body("message", hasItem("I was here before"));

		assertThat(run("./rollback.sh").orThrow().lines(),
				hasItems("==> rolling back to v1", "==> stopped v2", "==> v1 answers"));
		get("/").header("X-App-Version", "v1").body(containsString("<h1>v1</h1>"));
	}

	@Test
	void shouldTouchNothingWhenThereIsNoSuchRelease() {
		run("./deploy.sh", "v1").orThrow();
		long pid = pid();
		run("mkdir", "releases/v3").orThrow();

		assertRefused(2, "which version? usage: ./deploy.sh VERSION (there are: v1 v2 v3)", "./deploy.sh");
		assertRefused(2, "there is no version v9 (there are: v1 v2 v3)", "./deploy.sh", "v9");
		assertRefused(2, "../v1 is not a version (there are: v1 v2 v3)", "./deploy.sh", "../v1");
		assertRefused(2, "releases/v3/app.jar is missing: nothing was touched", "./deploy.sh", "v3");
		Execution rollback = run("./rollback.sh");
		assertThat(rollback.exitCode(), equalTo(1));
		assertThat(rollback.lines(),
				contains("rollback.sh: there is nothing to go back to: no other release was live here"));

		assertThat(pid(), equalTo(pid));
	}

	@Test
	void shouldShowTheLogAndTheWayBackWhenTheReleaseDoesNotStart() {
		run("./deploy.sh", "v1").orThrow();
		run("sh", "-c", "mkdir releases/v3 && echo 'not a jar' > releases/v3/app.jar").orThrow();

		Execution deploy = run("./deploy.sh", "v3");

		assertThat(deploy.exitCode(), equalTo(1));
		assertThat(deploy.output(), containsString("v3 stopped by itself, its last log lines are:"));
		assertThat(deploy.output(), containsString("Invalid or corrupt jarfile releases/v3/app.jar"));
		assertThat(deploy.lines(), hasItem("deploy.sh: v3 is not live; the way back to v1: ./rollback.sh"));
		run("./rollback.sh").orThrow();
		get("/api/version").body("version", equalTo("v1"));
	}

	@Test
	void shouldLeaveAStrangerAloneWhosePidIsInAStalePidFile() {
		run("./deploy.sh", "v1").orThrow();
		run("sh", "-c", "sleep 120 >/dev/null 2>&1 & echo $! > app.pid").orThrow();

		Execution deploy = run("./deploy.sh", "v1");

		assertThat(deploy.lines(), hasItem("==> nothing is running"));
		run("pgrep", "-x", "-f", "sleep 120").orThrow();
		// So the release of before still runs and has the port

		assertThat(deploy.exitCode(), equalTo(1));
		assertThat(deploy.output(), containsString("Port 8080 was already in use"));
		assertThat(deploy.output(), containsString("v1 is not live"));
	}

	@Test
	void shouldRefuseASecondDeployAtTheSameTime() throws Exception {
		BlockingQueue<String> progress = new LinkedBlockingQueue<>();
		CompletableFuture<Execution> first = CompletableFuture
			.supplyAsync(() -> this.server.exec(progress::add, "./deploy.sh", "v1"));
		assertThat(progress.poll(10, TimeUnit.SECONDS), startsWith("==> "));

		assertRefused(1, "another deploy is running: wait for it, nothing was touched", "./deploy.sh", "v2");

		first.get().orThrow();
		get("/api/version").body("version", equalTo("v1"));
		// The application must not have inherited the lock
		run("flock", "-n", "deploy.lock", "true").orThrow();
	}

	private Execution run(String... command) {
		return this.server.exec((line) -> {
		}, command);
	}

	private void assertRefused(int exitCode, String message, String... command) {
		Execution execution = run(command);
		assertThat(execution.lines(), contains("deploy.sh: " + message));
		assertThat(execution.exitCode(), equalTo(exitCode));
	}

	private ValidatableResponse get(String path) {
		return RestAssured.get(this.server.url() + path).then().statusCode(200);
	}

	private long pid() {
		return get("/api/version").extract().jsonPath().getLong("pid");
	}

	private void sign(String message) {
		RestAssured.given()
			.contentType(ContentType.JSON)
			.body("{ \"name\": \"Grace\", \"message\": \"%s\" }".formatted(message))
			.post(this.server.url() + "/api/entries")
			.then()
			.statusCode(201);
	}

}
