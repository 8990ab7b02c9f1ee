package dev.zerodowntime.step5;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Stage;
import org.jspecify.annotations.Nullable;

/**
 * The little server that this stage's tests share, because starting one and loading its
 * images takes as long as a deploy. It is removed when this JVM ends.
 */
final class DataServer {

	private static final String AS_NEW = """
			containers=$(docker ps --all --quiet)
			[ -z "$containers" ] || docker rm --force --volumes $containers
			docker volume prune --all --force
			docker network prune --force
			rm -rf history log nginx/live tls deploy.lock no-way-back backups
			cp -pR pristine/. .
			""";

	private static final String KEEP_PRISTINE = """
			mkdir -p pristine/hooks
			cp -p *.sh app.env warmup.txt pristine
			cp -p hooks/* pristine/hooks
			""";

	private static final String IN_A_HURRY = "WARMUP_ROUNDS=20 BAKE=0";

	private static @Nullable DataServer shared;

	private final LittleServer server = LittleServer.of(Stage.named("step5")).start();

	private DataServer() {
		shell(KEEP_PRISTINE).orThrow();
	}

	/**
	 * The shared server, with nothing live, no data, and the scripts as they are in the
	 * repository.
	 */
	static synchronized DataServer asNew() {
		if (shared == null) {
			shared = new DataServer();
		}
		shared.shell(AS_NEW).orThrow();
		return shared;
	}

	/**
	 * The shared server with a release live, for what does not depend on time: the old
	 * group is stopped at once, and few warm-up requests are sent. Where another class
	 * has left that release live, it is not deployed again.
	 */
	static DataServer with(String version) {
		if (shared == null || !shared.shell("./status.sh | grep -q 'live *" + version + "$'").succeeded()) {
			asNew();
			shared.set(IN_A_HURRY);
			shared.run("./deploy.sh", version).orThrow();
		}
		shared.set(IN_A_HURRY);
		return shared;
	}

	LittleServer server() {
		return this.server;
	}

	Execution run(String... command) {
		return this.server.exec(command);
	}

	Execution shell(String script) {
		return this.server.exec("sh", "-c", script);
	}

	/** Changes a setting of the scripts on this server. */
	void set(String setting) {
		shell("echo '" + setting + "' >>settings.sh").orThrow();
	}

	/** What the database answers, a line for each row. */
	String sql(String query) {
		return this.server
			.exec("docker", "exec", "guestbook-data-db-1", "psql", "--username", "guestbook", "--no-align",
					"--tuples-only", "--command", query)
			.orThrow()
			.output();
	}

}
