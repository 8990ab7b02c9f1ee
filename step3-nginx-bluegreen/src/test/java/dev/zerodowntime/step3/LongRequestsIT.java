package dev.zerodowntime.step3;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is under way at the switch, and takes long. */
@Order(BlueGreenServer.FIRST)
class LongRequestsIT {

	private static BlueGreenServer server;

	private String live = "";

	private String next = "";

	@BeforeAll
	static void start() {
		server = BlueGreenServer.withGuestBook();
	}

	@BeforeEach
	void look() {
		this.live = server.version();
		this.next = server.next();
	}

	@Test
	void shouldFinish() {
		server
			.shell("""
					: >deploy.log
					./deploy.sh NEXT >deploy.log 2>&1 &
					until grep -qs -e 'is live' -e 'deploy.sh:' deploy.log; do
						curl -s -o /dev/null -w '%{http_code} %header{x-app-version}\\n' 'http://127.0.0.1:8080/api/slow?ms=5000' >>slow.log &
						sleep 0.25
					done
					wait
					"""
				.replace("NEXT", this.next))
			.orThrow();
		assertThat(server.shell("sort -u slow.log").lines()).containsExactlyInAnyOrder("200 " + this.live,
				"200 " + this.next);
	}

	@Test
	void shouldBeToldToComeBackWhenItIsAStreamThatNeverEnds() {
		server.set("DRAIN_LIMIT=12");
		assertThat(server.shell("""
				curl -sN http://127.0.0.1:8080/api/stream >stream.log &
				stream=$!
				./deploy.sh NEXT >deploy.log 2>&1
				wait $stream; echo "curl exited $?"
				""".replace("NEXT", this.next)).orThrow().lines()).containsExactly("curl exited 0");
		assertThat(server.shell("cat deploy.log").lines()).anyMatch((line) -> line
			.matches("==> not drained after 12 s: stopping (blue|green) ends what is still in flight"));
		assertThat(server.shell("tail -n 4 stream.log").lines()).startsWith("event:goodbye", "retry:500",
				"data:" + this.live);
		assertThat(server.live()).endsWith(this.next);
	}

}
