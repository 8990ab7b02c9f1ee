package dev.zerodowntime.step4;

import java.time.Duration;
import java.util.function.Consumer;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.lab.UnderLoad;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;

/** A little server for this stage's tests. */
class CiServer implements AutoCloseable {

	/**
	 * A build, an image and a deploy, on a machine that has other things to do as well.
	 */
	static final Duration LIMIT = Duration.ofMinutes(5);

	private final LittleServer server = LittleServer.of(Stage.named("step4")).start();

	LittleServer server() {
		return this.server;
	}

	Execution run(String... command) {
		return run((line) -> {
		}, command);
	}

	Execution run(Consumer<String> lines, String... command) {
		return this.server.exec(LIMIT, lines, command);
	}

	Execution shell(String script) {
		return run("sh", "-c", script);
	}

	/** Runs a command while visitors come. */
	UnderLoad underLoad(String... command) {
		return UnderLoad.run(this.server, LIMIT, System.out::println, command);
	}

	/**
	 * Makes a commit on top of v1 in the working copy.
	 * @param message what it is about
	 * @param change a shell command that changes the files, run in the working copy
	 * @return the commit
	 */
	String commit(String message, String change) {
		return shell("""
				set -e
				cd desk
				git checkout --quiet --detach v1
				%s
				git commit --quiet --all --message '%s'
				git rev-parse HEAD
				""".formatted(change, message)).orThrow().output().strip();
	}

	/** The release that nginx routes to, as a visitor sees it. */
	String live() {
		ValidatableResponse answer = RestAssured.get(this.server.url() + "/api/version").then().statusCode(200);
		return answer.extract().header("X-App-Version");
	}

	/** How a release of a commit without a tag is called. */
	static String versionOf(String commit) {
		return commit.substring(0, 12);
	}

	@Override
	public void close() {
		this.server.close();
	}

}
