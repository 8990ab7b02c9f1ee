package dev.zerodowntime.step3;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.Stage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What other people's load generators say: wrk on open connections over HTTP/1.1, h2load
 * over HTTP/2 and TLS. Neither sends a request again.
 * <p>
 * When nginx tells an HTTP/2 connection to go (GOAWAY), it says as well which requests it
 * has not taken; the client is to send those again on a new connection (RFC 9113, 6.8).
 * Browsers do. h2load does not come back at all, and calls such a request errored: so it
 * writes entries here, and the book has to hold as many as were answered, not one more.
 */
@Order(BlueGreenServer.FIRST)
@Tag("long")
class WitnessIT {

	private static final Pattern WRK = Pattern
		.compile("wrk: (\\d+) requests, \\d+ connect, \\d+ read, \\d+ write, (\\d+) status, \\d+ timeout");

	private static final Pattern H2LOAD = Pattern.compile(
			"requests: \\d+ total, \\d+ started, \\d+ done, (\\d+) succeeded, \\d+ failed, (\\d+) errored, 0 timeout");

	private BlueGreenServer server;

	private GenericContainer<?> witness;

	@BeforeEach
	void start() {
		this.server = BlueGreenServer.withGuestBook();
		this.server.set("BAKE=30");
		this.witness = new GenericContainer<>(DockerImageName.parse("zero-downtime/witness"))
			.withImagePullPolicy((name) -> false)
			.withNetworkMode("container:" + this.server.server().id());
		this.witness.start();
	}

	@AfterEach
	void close() {
		this.witness.close();
	}

	@Test
	void shouldSeeNothingLostOnADeployAndARollback() throws Exception {
		int before = entries().size();
		String live = this.server.version();
		String next = this.server.next();
		CompletableFuture<String> wrk = wrk();
		CompletableFuture<String> h2load = start("h2load", "-c4", "-m1", "--rps=12", "-D60", "-d",
				"/usr/local/share/entry.json", "-H", "content-type: application/json",
				"https://127.0.0.1:8443/api/entries");

		BlockingQueue<String> progress = new LinkedBlockingQueue<>();
		CompletableFuture<Execution> deploy = CompletableFuture
			.supplyAsync(() -> this.server.run(progress::add, "./deploy.sh", next));
		await(progress, "stays warm");
		this.server.run("./rollback.sh").orThrow();
		assertThat(this.server.version()).isEqualTo(live);
		assertThat(deploy.join().lines()).contains("deploy.sh: " + next + " was rolled back");

		assertThat(h2load).as("h2load has seen all of it").isNotDone();
		Matcher counted = stop(wrk);
		assertThat(Integer.parseInt(counted.group(1))).isGreaterThan(1000);
		assertThat(counted.group()).endsWith(" requests, 0 connect, 0 read, 0 write, 0 status, 0 timeout");
		Matcher overHttp2 = found(H2LOAD, h2load.get(90, TimeUnit.SECONDS));
		int written = Integer.parseInt(overHttp2.group(1));
		assertThat(written).isGreaterThan(300);
		assertThat(Integer.parseInt(overHttp2.group(2))).as("at most one on each connection").isLessThanOrEqualTo(4);
		assertThat(entries()).as("what was not answered was not taken either").hasSize(before + written);
	}

	@Test
	void shouldTakeOverHttp2NoMoreThanIsAnswered() throws Exception {
		int before = entries().size();
		this.server.run("./switches.sh", "1").orThrow();
		CompletableFuture<String> h2load = start("sh", "-c", """
				for run in $(seq 15); do
					h2load -c8 -m4 --rps=60 -D2 -d /usr/local/share/entry.json -H 'content-type: application/json' \
						https://127.0.0.1:8443/api/entries
				done""");
		this.server.run("./switches.sh", "40", "0.5").orThrow();
		Matcher each = H2LOAD.matcher(h2load.get(60, TimeUnit.SECONDS));
		int written = 0;
		int errored = 0;
		while (each.find()) {
			written += Integer.parseInt(each.group(1));
			errored += Integer.parseInt(each.group(2));
		}
		System.out.printf("h2load on 40 switches: %d answered, %d errored%n", written, errored);
		assertThat(written).isGreaterThan(3000);
		assertThat(entries()).hasSize(before + written);
	}

	@Test
	void shouldSeeWhatIsLostWhenTheOldGroupIsStoppedTooEarly() throws Exception {
		this.server.set("BAKE=0");
		this.server.server().apply(Stage.named("step3").variant("stop-before-switch"));
		CompletableFuture<String> wrk = wrk();
		this.server.run("./deploy.sh", this.server.next()).orThrow();
		assertThat(Integer.parseInt(stop(wrk).group(2))).as("answers that are errors").isPositive();
	}

	private List<String> entries() {
		return this.server.get("/api/entries").extract().jsonPath().getList("name");
	}

	/** Until it is stopped; it tells then what it has counted. */
	private CompletableFuture<String> wrk() {
		return start("wrk", "-t1", "-c4", "-d180s", "-s", "/usr/local/share/paced.lua", "http://127.0.0.1:8080/");
	}

	private Matcher stop(CompletableFuture<String> wrk) throws Exception {
		assertThat(wrk).as("wrk has seen all of it").isNotDone();
		this.witness.execInContainer("pkill", "-INT", "-x", "wrk");
		return found(WRK, wrk.get(20, TimeUnit.SECONDS));
	}

	/** Returns when it runs. */
	private CompletableFuture<String> start(String... command) {
		CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> {
			try {
				return this.witness.execInContainer(command).getStdout();
			}
			catch (IOException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		Awaitility.await(command[0] + " runs")
			.atMost(Duration.ofSeconds(10))
			.until(() -> this.witness.execInContainer("pgrep", "-x", command[0]).getExitCode() == 0);
		return output;
	}

	private static Matcher found(Pattern pattern, String output) {
		Matcher matcher = pattern.matcher(output);
		assertThat(matcher.find()).as("%s in: %s", pattern, output).isTrue();
		System.out.println(matcher.group());
		return matcher;
	}

	private static void await(BlockingQueue<String> progress, String expected) throws InterruptedException {
		String line = "";
		while (!line.contains(expected)) {
			line = progress.poll(60, TimeUnit.SECONDS);
			assertThat(line).as("a line before '%s'", expected).isNotNull();
		}
	}

}
