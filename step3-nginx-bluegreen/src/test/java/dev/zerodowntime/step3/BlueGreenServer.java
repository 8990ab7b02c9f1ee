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

	/**
	 * The {@code @Order} of classes that have the guest book live: one after the other,
	 * before those with little releases.
	 */
	static final int FIRST = 1;

	private static final String BUILD = """
			printf 'FROM bluegreen/guest-book:v1\\nLABEL org.opencontainers.image.version=%s\\n%s\\n' '{version}' '{change}' \
			| docker build --tag bluegreen/guest-book:{version} -
			""";

	/**
	 * What is waited for where nothing is to be measured: idle connections, and a hanging
	 * process.
	 */
	private static final String HURRY = """
			sed -i 's/keepalive_timeout 5s;/keepalive_timeout 1s;/' nginx/nginx.conf
			sed -i 's/stop_grace_period: 40s/stop_grace_period: 2s/' compose.yaml
			""";

	private static final String KEEP_PRISTINE = """
			mkdir pristine pristine/nginx
			cp -R *.sh compose.yaml warmup.txt smoke.txt lib pristine
			cp nginx/*.conf pristine/nginx
			""";

	/** Both releases are loaded already: what is tested is not how long that takes. */
	private static final String AS_NEW = """
			containers=$(docker ps --all --quiet)
			[ -z "$containers" ] || docker rm --force --volumes $containers
			docker volume prune --all --force
			docker network prune --force
			rm -rf history log nginx/live tls deploy.lock compose.override.yaml
			cp -R pristine/. .
			docker image inspect "$(. ./settings.sh && echo "$NGINX_IMAGE")" || docker load --input images/nginx.tar
			for version in v1 v2; do
				docker image inspect bluegreen/guest-book:$version || docker load --input releases/$version/image.tar
			done
			""";

	/**
	 * Makes it so that l1 is live in blue, nothing else is up, and nothing else was ever
	 * live; much faster than by a deploy.
	 */
	private static final String BEGIN_ANEW = """
			set -eu
			cp pristine/*.sh .
			. lib/all.sh
			see
			well() {
				as_started blue-1 && as_started blue-2 && serves blue
			}
			if [ "$(version_of blue)" != l1 ] || ! well; then
				kill_group blue
				VERSION=l1 docker compose --progress quiet up --detach --no-deps blue-1 blue-2
			fi
			mkdir -p nginx/live
			rm -f nginx/live/green history
			: >nginx/live/blue
			is_running nginx || run_nginx
			timeout 30 sh -c '. lib/all.sh; until see && serves blue && [ "$(from_nginx /group)" = blue ]; do sleep 0.1; done'
			kill_group green
			come_first blue
			record l1 switched group=blue "image=$(image_of blue)"
			record l1 kept
			""";

	/** With the scripts and nginx as they are in the repository; else it fails. */
	private static final String SERVES_GUEST_BOOK = """
			set -eu
			cp -R pristine/. .
			rm -f compose.override.yaml
			. lib/all.sh
			see
			live=$(live_group)
			serves "$live"
			case $(version_of "$live") in
				v1 | v2) ./reload.sh ;;
				*) false ;;
			esac
			""";

	private static final String NO_WAITING = "BAKE=0 WARMUP_ROUNDS=20";

	private static final String SETTINGS = "BAKE=0 WARMUP_ROUNDS=2 WATCH_LIMIT=2 READY_LIMIT=60";

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
		shared.shell("set -e\n" + AS_NEW).orThrow();
		return shared;
	}

	/**
	 * The shared server with the guest book live, v1 or v2, for tests of what the scripts
	 * do, whatever the time: the old group is stopped at once, and few warm-up requests
	 * are sent. Where a class has left the guest book live, it is not deployed again,
	 * because that takes half a minute.
	 */
	static BlueGreenServer withGuestBook() {
		if (shared == null || !shared.shell(SERVES_GUEST_BOOK).succeeded()) {
			asNew();
			shared.set(NO_WAITING);
			shared.run("./deploy.sh", "v1").orThrow();
		}
		else {
			shared.set(NO_WAITING);
		}
		return shared;
	}

	/**
	 * The shared server with a little release live, l1, and another one to ship, l2.
	 */
	static BlueGreenServer withLittleReleases() {
		BlueGreenServer server = asNew();
		server.shell(HURRY).orThrow();
		server.set(SETTINGS);
		server.littleRelease("l1", "");
		server.littleRelease("l2", "");
		server.run("./deploy.sh", "l1").orThrow();
		return server;
	}

	/**
	 * Where the little releases were set up: only l1 is live again, in blue, and was ever
	 * live. The scripts and their settings are as they were then; nginx's configuration
	 * is left as it is.
	 */
	void beginAnew() {
		shell(BEGIN_ANEW).orThrow();
		set(SETTINGS);
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
	 * Makes a release that boots at once and answers with its name; once only.
	 * @param version its name
	 * @param directives what nginx, which it is made of, does besides
	 */
	void littleRelease(String version, String directives) {
		run("./little-release.sh", version, directives).orThrow();
	}

	/** On a connection of its own, or the next drain would wait for it to end. */
	ValidatableResponse get(String path) {
		return RestAssured.given().header("Connection", "close").get(this.server.url() + path).then();
	}

	/** The group that nginx routes to, and the release that a client meets. */
	String live() {
		return shell("curl -s http://172.29.77.2:8082/group").orThrow().output() + " " + version();
	}

	/** The release that a client meets. */
	String version() {
		return get("/api/version").statusCode(200).extract().header("X-App-Version");
	}

	/** The one of the two releases that is not live. */
	String next() {
		return version().equals("v1") ? "v2" : "v1";
	}

}
