package dev.zerodowntime.step3;

import java.util.function.Consumer;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Stage;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import org.jspecify.annotations.Nullable;

/**
 * The little server that this stage's tests share, because starting one and loading its
 * images takes as long as a deploy. It is removed when this JVM ends.
 */
final class BlueGreenServer {

	private static final String BUILD = """
			printf 'FROM bluegreen/guest-book:v1\\nLABEL org.opencontainers.image.version=%s\\n%s\\n' '{version}' '{change}' \
			| docker build --tag bluegreen/guest-book:{version} -
			""";

	/** Stands before the program that the engine starts programs with. */
	private static final String FAILS_AT_RELOAD = """
			#!/bin/sh
			for argument; do
				[ "$before" != --process ] || ! grep -q '"reload"' "$argument" || exit 1
				before=$argument
			done
			exec runc.real "$@"
			""";

	private static final String KEEP_PRISTINE = """
			mkdir pristine pristine/nginx
			cp *.sh compose.yaml warmup.txt pristine
			cp nginx/nginx.conf pristine/nginx
			""";

	/** Both releases are loaded already: what is tested is not how long that takes. */
	private static final String AS_NEW = """
			containers=$(docker ps --all --quiet)
			[ -z "$containers" ] || docker rm --force --volumes $containers
			docker volume prune --all --force
			docker network prune --force
			rm -rf history log nginx/live tls deploy.lock
			cp -R pristine/. .
			for version in v1 v2; do
				docker image inspect bluegreen/guest-book:$version || docker load --input releases/$version/image.tar
			done
			""";

	private static @Nullable BlueGreenServer shared;

	private final LittleServer server = LittleServer.of(Stage.named("step3")).start();

	private BlueGreenServer() {
		shell(KEEP_PRISTINE).orThrow();
	}

	/**
	 * The shared server, with nothing live, the scripts as they are in the repository,
	 * and no history.
	 */
	static synchronized BlueGreenServer asNew() {
		if (shared == null) {
			shared = new BlueGreenServer();
		}
		shared.mendReload();
		shared.shell("set -e\n" + AS_NEW).orThrow();
		return shared;
	}

	/**
	 * The shared server with v1 live, for tests of what the scripts do, whatever the
	 * time: the old colour is stopped at once, and few warm-up requests are sent.
	 */
	static BlueGreenServer withV1() {
		BlueGreenServer server = asNew();
		server.set("BAKE=0 WARMUP_ROUNDS=20");
		server.run("./deploy.sh", "v1").orThrow();
		return server;
	}

	LittleServer server() {
		return this.server;
	}

	Execution run(String... command) {
		return this.server.exec(command);
	}

	Execution run(Consumer<String> lines, String... command) {
		return this.server.exec(lines, command);
	}

	Execution shell(String script) {
		return this.server.exec("sh", "-c", script);
	}

	/** Changes a setting of the scripts on this server. */
	void set(String setting) {
		shell("echo '" + setting + "' >>settings.sh").orThrow();
	}

	/** Makes an image that differs from v1's in one line of a Dockerfile. */
	void image(String version, String change) {
		shell(BUILD.replace("{version}", version).replace("{change}", change)).orThrow();
	}

	/**
	 * From now on the engine fails to run {@code nginx -s reload}, as a busy one may once
	 * in a while.
	 */
	void breakReload() {
		this.server.execAsRoot("sh", "-c", """
				runc=$(command -v runc) && mv "$runc" "$runc.real" && printf '%s' "$0" >"$runc" && chmod +x "$runc"
				""", FAILS_AT_RELOAD).orThrow();
	}

	/** Does nothing where nothing is broken. */
	void mendReload() {
		this.server.execAsRoot("sh", "-c", "! runc=$(command -v runc.real) || mv \"$runc\" \"${runc%.real}\"")
			.orThrow();
	}

	/** On a connection of its own, or the next switch would wait for it to end. */
	ValidatableResponse get(String path) {
		return RestAssured.given().header("Connection", "close").get(this.server.url() + path).then();
	}

	/** What nginx routes to, as a visitor sees it. */
	String live() {
		ValidatableResponse answer = get("/api/version").statusCode(200);
		return answer.extract().header("X-App-Colour") + " " + answer.extract().header("X-App-Version");
	}

	/** The release that is live, as a visitor sees it. */
	String version() {
		return live().replaceFirst(".* ", "");
	}

	/** The one of the two releases that is not live. */
	String next() {
		return version().equals("v1") ? "v2" : "v1";
	}

}
