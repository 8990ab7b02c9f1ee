package dev.zerodowntime.step3;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** What is under way at the switch, and takes long. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class LongRequestsIT {

	private BlueGreenServer server;

	@BeforeEach
	void start() {
		this.server = new BlueGreenServer();
		this.server.set("BAKE=0");
		this.server.run("./deploy.sh", "v1").orThrow();
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void shouldFinish() {
		this.server
			.shell("""
					./deploy.sh v2 >deploy.log 2>&1 &
					until grep -qs -e 'is live' -e 'deploy.sh:' deploy.log; do
						curl -s -o /dev/null -w '%{http_code} %header{x-app-version}\\n' 'http://127.0.0.1:8080/api/slow?ms=5000' >>slow.log &
						sleep 0.25
					done
					wait
					""")
			.orThrow();
		assertThat(this.server.shell("sort -u slow.log").lines()).containsExactly("200 v1", "200 v2");
	}

	@Test
	void shouldBeToldToComeBackWhenItIsAStreamThatNeverEnds() {
		this.server.set("DRAIN_LIMIT=12");
		assertThat(this.server.shell("""
				curl -sN http://127.0.0.1:8080/api/stream >stream.log &
				stream=$!
				./deploy.sh v2 >deploy.log 2>&1
				wait $stream; echo "curl exited $?"
				""").orThrow().lines()).containsExactly("curl exited 0");
		assertThat(this.server.shell("cat deploy.log").lines())
			.contains("==> not drained after 12 s: what is still under way is told to end");
		assertThat(this.server.shell("tail -n 4 stream.log").lines()).startsWith("event:goodbye", "retry:500",
				"data:v1");
		assertThat(this.server.live()).isEqualTo("green v2");
	}

}
