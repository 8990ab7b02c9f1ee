package dev.zerodowntime.step3;

import java.util.function.Consumer;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Stage;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;

/** A little server for this stage's tests. */
class BlueGreenServer implements AutoCloseable {

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

	private final LittleServer server = LittleServer.of(Stage.named("step3")).start();

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

	ValidatableResponse get(String path) {
		return RestAssured.get(this.server.url() + path).then();
	}

	/** What nginx routes to, as a visitor sees it. */
	String live() {
		ValidatableResponse answer = get("/api/version").statusCode(200);
		return answer.extract().header("X-App-Colour") + " " + answer.extract().header("X-App-Version");
	}

	@Override
	public void close() {
		this.server.close();
	}

}
