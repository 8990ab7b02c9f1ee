package dev.zerodowntime.step4;

import java.util.function.Consumer;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.lab.UnderLoad;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import org.jspecify.annotations.Nullable;

/**
 * The little server that this stage's tests share, with all that was shipped on it so
 * far. It is removed when this JVM ends.
 */
final class CiServer {

	/**
	 * A build that takes seconds: the image that is live, under another name. What comes
	 * after it, from the push to the verdict, is as always.
	 */
	private static final String BUILD_QUICKLY = """
			printf '%s\\n' '#!/bin/sh' '. ci/release.sh' 'say "building $version and testing it"' \\
				'mkdir -p target && touch target/guest-book.jar target/sbom.json' >ci/build.sh
			printf '%s\\n' 'FROM localhost:5000/guest-book:v1' 'ARG VERSION' 'ARG COMMIT' \\
				'LABEL org.opencontainers.image.version=${VERSION} org.opencontainers.image.revision=${COMMIT}' >Dockerfile
			""";

	private static @Nullable CiServer shared;

	private final LittleServer server = LittleServer.of(Stage.named("step4")).start();

	private CiServer() {
	}

	static synchronized CiServer shared() {
		if (shared == null) {
			shared = new CiServer();
		}
		return shared;
	}

	/** The shared server with v1 built, and some release live. */
	static CiServer withV1() {
		CiServer server = shared();
		if (!server.shell("docker image inspect localhost:5000/guest-book:v1 && bluegreen/status.sh | grep live")
			.succeeded()) {
			server.run("./deploy.sh", "v1").orThrow();
		}
		return server;
	}

	LittleServer server() {
		return this.server;
	}

	Execution run(String... command) {
		return run((line) -> {
		}, command);
	}

	Execution run(Consumer<String> lines, String... command) {
		return this.server.exec(LittleServer.DEPLOY_LIMIT, lines, command);
	}

	Execution shell(String script) {
		return run("sh", "-c", script);
	}

	/** Runs a command while visitors come. */
	UnderLoad underLoad(String... command) {
		return underLoad(UnderLoad.DEFAULT_RATE, command);
	}

	/** Runs a command while so many visitors come each second and in each mode. */
	UnderLoad underLoad(double rate, String... command) {
		return UnderLoad.run(this.server, rate, LittleServer.DEPLOY_LIMIT, System.out::println, command);
	}

	/**
	 * Makes a commit on top of v1 in the working copy that is built in seconds: its image
	 * is v1's, but for what the change changes.
	 * @param message what it is about
	 * @param change a shell command that changes the files, run in the working copy
	 * @return the commit
	 */
	String quickCommit(String message, String change) {
		return commit(message, BUILD_QUICKLY + change);
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

	/**
	 * The release that answers a visitor, by the label of its image: a quickly built one
	 * answers as v1, whose program it is.
	 */
	String live() {
		ValidatableResponse answer = RestAssured.given()
			.header("Connection", "close")
			.get(this.server.url() + "/api/version")
			.then()
			.statusCode(200);
		return run("docker", "container", "inspect", "--format",
				"{{index .Config.Labels \"org.opencontainers.image.version\"}}",
				"bluegreen-%s-1-1".formatted(answer.extract().header("X-App-Colour")))
			.orThrow()
			.output()
			.strip();
	}

	/** How a release of a commit without a tag is called. */
	static String versionOf(String commit) {
		return commit.substring(0, 12);
	}

}
