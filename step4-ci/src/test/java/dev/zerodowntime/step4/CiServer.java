package dev.zerodowntime.step4;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.lab.UnderLoad;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The little server that this stage's tests share. It is removed when this JVM ends.
 */
final class CiServer {

	/** How long a line of a script is waited for. */
	private static final int LINE_LIMIT_SECONDS = 120;

	/** A build that takes a second. What comes after it is as always. */
	private static final String BUILD_QUICKLY = """
			printf '%s\\n' '#!/bin/sh' '. ci/release.sh' 'say "building $version and testing it"' \\
				'/srv/app/little-release.sh source "$version" "$(cat directives)"' \\
				'mkdir -p target && touch target/guest-book.jar target/sbom.json' >ci/build.sh
			: >directives
			rm -f Dockerfile .dockerignore
			git add directives
			""";

	private static final String KEEP_PRISTINE = """
			mkdir pristine
			cp -R bluegreen gate-requests.txt settings.sh local.sh pristine
			""";

	/** What is waited for where nothing is to be measured. */
	private static final String HURRY = """
			sed -i 's/keepalive_timeout 5s;/keepalive_timeout 1s;/' bluegreen/nginx/nginx.conf
			sed -i 's/stop_grace_period: 40s/stop_grace_period: 2s/' bluegreen/compose.yaml
			echo 'BAKE=1 WARMUP_ROUNDS=2 READY_LIMIT=60' >>bluegreen/settings.sh
			""";

	private static final String AS_NEW = """
			set -e
			[ -d guest-book.git ] || ./install.sh
			containers=$(docker ps --all --quiet --filter name=bluegreen-)
			[ -z "$containers" ] || docker rm --force --volumes $containers
			docker volume rm --force bluegreen_data
			docker network rm bluegreen_guest-book 2>/dev/null || :
			names=$(docker images --format '{{.Repository}}:{{.Tag}}' bluegreen/guest-book)
			[ -z "$names" ] || docker image rm $names
			rm -rf bluegreen/history bluegreen/log bluegreen/nginx/live bluegreen/deploy.lock releases.log deploys runs
			mkdir runs deploys
			cp -R pristine/. .
			""";

	/** When the commits of little releases were made: in any order, none is older. */
	private static final String CREATED = "2026-01-02T00:00:00Z";

	private static final String LONG_AGO = "2026-01-01T00:00:00Z";

	private static @Nullable CiServer shared;

	private final LittleServer server = LittleServer.of(Stage.named("step4")).start();

	private final AtomicInteger built = new AtomicInteger();

	private final Map<String, Release> prepared = new ConcurrentHashMap<>();

	private CiServer() {
		shell(KEEP_PRISTINE).orThrow();
		shell("./desk.sh").orThrow();
	}

	static synchronized CiServer shared() {
		if (shared == null) {
			shared = new CiServer();
		}
		return shared;
	}

	/** The shared server with nothing live and nothing recorded. */
	static CiServer asNew() {
		CiServer server = shared();
		server.shell(AS_NEW).orThrow();
		return server;
	}

	/** The shared server as new, where the scripts wait for less. */
	static CiServer inAHurry() {
		CiServer server = asNew();
		server.shell(HURRY).orThrow();
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

	/** Runs a command while requests come. */
	UnderLoad underLoad(String... command) {
		return UnderLoad.run(this.server, UnderLoad.DEFAULT_RATE, LittleServer.DEPLOY_LIMIT, System.out::println,
				command);
	}

	/**
	 * Runs a command, and once, when it has printed a line, an action.
	 * @param expected what the line contains
	 * @param action what is done then, in a shell
	 * @param command the command
	 * @return how the command ended
	 */
	Execution during(String expected, String action, String... command) throws InterruptedException {
		BlockingQueue<String> progress = new LinkedBlockingQueue<>();
		CompletableFuture<Execution> running = CompletableFuture.supplyAsync(() -> run(progress::add, command));
		await(progress, expected);
		shell(action).orThrow();
		return running.join();
	}

	static void await(BlockingQueue<String> progress, String expected) throws InterruptedException {
		String line = "";
		while (!line.contains(expected)) {
			line = progress.poll(LINE_LIMIT_SECONDS, TimeUnit.SECONDS);
			assertThat(line).as("a line with '%s' within %d s", expected, LINE_LIMIT_SECONDS).isNotNull();
		}
	}

	/**
	 * Makes releases as {@link #release(String, String)} does, several at once: one after
	 * the other, that takes as long as shipping them.
	 * @param directives what each does besides, by its name
	 */
	void prepare(Map<String, String> directives) {
		directives.entrySet()
			.parallelStream()
			.forEach((each) -> this.prepared.put(each.getKey(), release(each.getKey(), each.getValue())));
	}

	/** Returns a release that was prepared. */
	Release prepared(String version) {
		Release release = this.prepared.get(version);
		assertThat(release).as("the release " + version).isNotNull();
		return release;
	}

	/**
	 * Makes a release that boots at once and answers with its version, and pushes its
	 * image.
	 * @param version its name
	 * @param directives what it does besides: directives of nginx
	 */
	Release release(String version, String directives) {
		return release(version, version, directives);
	}

	/**
	 * Makes such a release whose image says that it is another version.
	 * @param version its name
	 * @param label the version that the image's label says
	 * @param directives what it does besides: directives of nginx
	 */
	Release release(String version, String label, String directives) {
		return release(version, label, CREATED, directives);
	}

	/** Makes such a release of a commit that is older than those of all others. */
	Release olderRelease(String version) {
		return release(version, version, LONG_AGO, "");
	}

	private Release release(String version, String label, String created, String directives) {
		String commit = "%040x".formatted(this.built.incrementAndGet());
		String image = run("./little-release.sh", "image", version, label, commit, created, directives).orThrow()
			.output()
			.strip();
		return new Release(version, commit, image);
	}

	/**
	 * Makes a commit on top of v1 in the working copy that is built in a second, into a
	 * release that boots at once.
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

	/** The release that answers a client, whatever the answer is. */
	String live() {
		Response answer = RestAssured.given().header("Connection", "close").get(this.server.url() + "/api/version");
		return answer.header("X-App-Version");
	}

	/** How a release of a commit without a tag is called. */
	static String versionOf(String commit) {
		return commit.substring(0, 12);
	}

	/**
	 * What the gate ships.
	 *
	 * @param version its name
	 * @param commit what it was made of
	 * @param image its image, by digest
	 */
	record Release(String version, String commit, String image) {

	}

}
