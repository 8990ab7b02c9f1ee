package dev.zerodowntime.step2;

import dev.zerodowntime.lab.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of requests under way when the container is stopped. */
class GracefulStopIT {

	/**
	 * A request of three seconds each half second, straight to the container: Docker's
	 * proxy would make "refused" look like "cut off". Tells curl's exit status of each.
	 */
	private static final String VISITORS = """
			service=$(docker inspect --format '{{.NetworkSettings.IPAddress}}' guest-book):8080
			visit() {
				status=0
				curl -s -o /dev/null --max-time 20 "http://$service/api/slow?ms=3000" || status=$?
				echo $status
			}
			for visitor in $(seq 24); do
				visit &
				[ "$visitor" != 2 ] || docker stop guest-book >/dev/null &
				sleep 0.5
			done
			wait
			""";

	private static final String DONE = "0";

	private static final String EMPTY_REPLY = "52";

	private static final String RESET = "56";

	private ContainerServer server;

	@BeforeEach
	void start() {
		this.server = ContainerServer.asNew();
	}

	@Test
	void shouldLetThemFinishWhenJavaIsProcessOne() {
		this.server.run("./deploy.sh", "v1").orThrow();
		assertThat(this.server.shell(VISITORS).lines()).hasSize(24).contains(DONE).doesNotContain(EMPTY_REPLY, RESET);
	}

	@Test
	void shouldCutThemOffWhenAShellIsProcessOne() {
		this.server.server().apply(Stage.named("step2").variant("shell-as-pid-1"));
		this.server.run("./deploy.sh", "v1").orThrow();
		assertThat(this.server.shell(VISITORS).lines()).hasSize(24).containsAnyOf(EMPTY_REPLY, RESET);
	}

}
