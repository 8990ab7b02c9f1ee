package dev.zerodowntime.step2;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Stage;
import org.jspecify.annotations.Nullable;

/**
 * The little server that this stage's tests share: each finds it without containers and
 * entries, and the scripts as they are. It is removed when this JVM ends.
 */
final class ContainerServer {

	private static final String RESET = """
			docker rm --force --volumes $(docker ps --all --quiet)
			docker volume rm guest-book-data
			docker rmi --force guest-book:v3 guest-book:latest
			rm -rf history log releases/v3
			cp pristine/deploy.sh deploy.sh
			""";

	/** What a test that touches nothing has left is as good as new. */
	private static final String WITH_V1 = """
			[ "$(docker ps --all --format '{{.Names}} {{.Image}}')" = "guest-book guest-book:v1" ] \
				&& [ "$(cut -d ' ' -f 2 history)" = v1 ] && cmp -s pristine/deploy.sh deploy.sh && [ ! -e releases/v3 ] \
				&& curl -sf http://127.0.0.1:8080/api/entries | grep -qx '\\[\\]'
			""";

	private static @Nullable ContainerServer shared;

	private final LittleServer server = LittleServer.of(Stage.named("step2")).start();

	private ContainerServer() {
		shell("mkdir pristine && cp deploy.sh pristine/").orThrow();
	}

	static synchronized ContainerServer asNew() {
		if (shared == null) {
			shared = new ContainerServer();
		}
		shared.reset();
		return shared;
	}

	/** Without entries, and with v1 live, which alone was ever live. */
	void withV1() {
		if (!shell(WITH_V1).succeeded()) {
			reset();
			run("./deploy.sh", "v1").orThrow();
		}
	}

	void reset() {
		this.server.exec("sh", "-c", RESET);
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

}
