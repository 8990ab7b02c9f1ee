package dev.zerodowntime.step6;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Stage;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The load balancer and the four servers that this stage's tests share. They are removed
 * when this JVM ends.
 */
final class Balancer {

	private static final long LINE_LIMIT_SECONDS = 120;

	/** Nothing runs on the servers, no server gets requests, nothing was ever live. */
	private static final String AS_NEW = """
			set -eu
			. lib/all.sh
			find_live
			weigh blue 0 green 0
			for server in $(servers); do
				on "$server" stop </dev/null
			done
			rm -f history
			""";

	/** With v1 live on blue's servers, nothing on green's. */
	private static final String WITH_V1 = """
			set -eu
			. lib/all.sh
			find_live
			[ "$live" = blue ]
			are_up blue
			[ "$(release_of_group blue)" = v1 ]
			for server in $(servers green); do
				on "$server" stop </dev/null
			done
			""";

	private static final String AWAIT = """
			set -eu
			. lib/all.sh
			deadline=$(($(now) + 60))
			until see && %s; do
				[ "$(now)" -lt "$deadline" ] || fail "waited 60 s for %1$s: $seen"
				sleep 0.1
			done
			""";

	private static @Nullable Balancer shared;

	private final LittleServer server;

	private Balancer() {
		Stage stage = Stage.named("step6");
		try (BadRelease bad = BadRelease.among(stage.releases())) {
			this.server = LittleServer.of(stage).start();
		}
	}

	static synchronized Balancer asNew() {
		if (shared == null) {
			shared = new Balancer();
		}
		else {
			shared.shell(AS_NEW).orThrow();
		}
		return shared;
	}

	/** With v1 live on blue's servers, and nothing on green's. */
	static synchronized Balancer withV1() {
		if (shared == null || !shared.shell(WITH_V1).succeeded()) {
			asNew().run("./deploy.sh", "v1").orThrow();
		}
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

	/** Waits, a minute at most, until the load balancer sees it so. */
	void awaitUp(String machine) {
		shell(AWAIT.formatted("is_up " + machine)).orThrow();
	}

	/** Waits, a minute at most, until the load balancer sees it so. */
	void awaitDown(String machine) {
		shell(AWAIT.formatted("! is_up " + machine)).orThrow();
	}

	/** The servers that get requests, by the load balancer's own word. */
	String live() {
		return shell("set -eu; . lib/all.sh; see; echo \"$seen\" | awk '$2 > 0 { print $1 }' | xargs").orThrow()
			.output();
	}

	/** Begins a command, and returns as soon as it has printed such a line. */
	CompletableFuture<Execution> runUntil(String line, String... command) throws InterruptedException {
		CountDownLatch printed = new CountDownLatch(1);
		CompletableFuture<Execution> running = CompletableFuture.supplyAsync(() -> this.server.exec((each) -> {
			if (each.contains(line)) {
				printed.countDown();
			}
		}, command));
		running.whenComplete((execution, problem) -> printed.countDown());
		assertThat(printed.await(LINE_LIMIT_SECONDS, TimeUnit.SECONDS)).as("a line with '%s'", line).isTrue();
		return running;
	}

}
