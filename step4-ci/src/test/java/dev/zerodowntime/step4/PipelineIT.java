package dev.zerodowntime.step4;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.Reboot;
import dev.zerodowntime.lab.UnderLoad;
import dev.zerodowntime.lab.junit.MeasuredTest;
import dev.zerodowntime.probe.ModeReport;
import dev.zerodowntime.probe.Outage;
import dev.zerodowntime.probe.ReportAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of commits that are not fine, and of fine ones on a bad day; always with
 * visitors.
 */
class PipelineIT {

	/**
	 * Visitors of a release that fails: each failure costs it a stack trace, and more of
	 * them would try how much of that the machine can bear.
	 */
	private static final double FEW = 20;

	private static CiServer server;

	private String before = "";

	@BeforeAll
	static void start() {
		server = CiServer.withV1();
	}

	@BeforeEach
	void remember() {
		this.before = server.live();
	}

	@Test
	void shouldTouchNothingWhenThereIsNoSuchCommit() {
		assertRefused("deploy.sh: which version? usage: ./deploy.sh VERSION (there are: v1 v2)", "./deploy.sh");
		assertRefused("deploy.sh: there is no version v9 in desk/ (there are: v1 v2)", "./deploy.sh", "v9");
		assertRefused("deploy.sh: one version, please", "./deploy.sh", "v1", "v2");
		assertRefused("deploy.sh: unknown option --now", "./deploy.sh", "--now");
		assertThat(server.live()).isEqualTo(this.before);
	}

	@MeasuredTest
	void shouldNotBuildWhatFailsItsTests() {
		String commit = server.commit("Shout",
				"sed -i 's,<h1>{version}</h1>,<h1>{version}!</h1>,' src/main/resources/page.html");
		Execution deploy = losingNothing("./deploy.sh", commit);
		assertThat(deploy.exitCode()).isEqualTo(1);
		assertThat(deploy.output()).contains("shouldShowVersionAndHostOnThePage")
			.contains("pipeline.sh: " + CiServer.versionOf(commit) + " is not live: build failed");
		assertThat(server.live()).isEqualTo(this.before);
		assertThat(server.run("docker", "images", "--quiet", "localhost:5000/guest-book:" + CiServer.versionOf(commit))
			.output()).isEmpty();
	}

	@MeasuredTest
	void shouldLoseNobodyToACommitThatDoesNotBoot() {
		String commit = server.quickCommit("Rename the jar",
				"echo 'ENTRYPOINT [\"java\", \"-jar\", \"app.jar\"]' >>Dockerfile");
		Execution deploy = losingNothing("./deploy.sh", commit);
		assertThat(deploy.exitCode()).isEqualTo(1);
		assertThat(deploy.output()).contains("stopped by itself, the last lines of its log are:")
			.contains("Unable to access jarfile app.jar")
			.contains("gate.sh: " + CiServer.versionOf(commit) + " did not stay: " + this.before + " is live");
		assertThat(server.live()).isEqualTo(this.before);
	}

	@MeasuredTest
	void shouldGoBackWhenACommitTurnsBadAfterTheSwitch() {
		String commit = server.commit("Count visitors", "git apply ../turns-bad.patch");
		UnderLoad push = server.underLoad(FEW, "./deploy.sh", commit);
		assertThat(push.execution().exitCode()).isEqualTo(1);
		assertThat(push.execution().lines()).contains("==> told to end: going back",
				"gate.sh: %s did not stay: %s is live".formatted(CiServer.versionOf(commit), this.before));
		assertThat(server.live()).isEqualTo(this.before);

		ReportAssert.assertThat(push.report()).isTrusted();
		assertThat(push.report().totalDropped()).as("visitors who saw it").isPositive();
		push.report().modes().forEach((mode, found) -> {
			assertThat(found.dropsByKind()).as(mode.label()).containsOnlyKeys("http-500");
			print(mode.label(), found);
		});
		assertThat(server.run("./history.sh").output()).contains(commit + " ")
			.containsPattern(commit + " sha256:\\S+ failed");
	}

	@MeasuredTest
	void shouldShipTwoPushesOneAfterTheOther() throws InterruptedException {
		String first = server.quickCommit("First", "echo first >>README.md; git add README.md");
		String second = server.commit("Second", "git checkout --quiet --detach " + first + "; echo second >>README.md");
		BlockingQueue<String> progress = new LinkedBlockingQueue<>();
		CompletableFuture<Execution> pushed = CompletableFuture
			.supplyAsync(() -> server.run(progress::add, "./deploy.sh", first));
		await(progress, "building " + CiServer.versionOf(first));
		Execution last = losingNothing("./deploy.sh", second);
		assertThat(pushed.join().exitCode()).as(pushed.join().output()).isZero();
		assertThat(last.exitCode()).as(last.output()).isZero();
		assertThat(last.output()).contains("==> waiting for the push before: " + first);
		assertThat(server.live()).isEqualTo(CiServer.versionOf(second));
		assertThat(server.run("./history.sh").lines()).first()
			.isEqualTo("live: %s, commit %s".formatted(CiServer.versionOf(second), second));
	}

	@MeasuredTest
	void shouldSayThatTheRegistryIsDown() {
		server.run("docker", "compose", "--file", "registry.yaml", "stop").orThrow();
		Execution deploy;
		try {
			deploy = losingNothing("./deploy.sh",
					server.quickCommit("No registry", "echo more >>README.md; git add README.md"));
		}
		finally {
			server.run("docker", "compose", "--file", "registry.yaml", "start").orThrow();
		}
		assertThat(deploy.exitCode()).isEqualTo(1);
		assertThat(deploy.output()).contains("image.sh: the registry did not take the image, nothing was shipped: ");
		assertThat(server.live()).isEqualTo(this.before);
	}

	@Test
	void shouldGoOnWhenTheConnectionIsCut() throws InterruptedException {
		String commit = server.quickCommit("Cut", "echo cut >>README.md; git add README.md");
		BlockingQueue<String> progress = new LinkedBlockingQueue<>();
		CompletableFuture<Execution> pushed = CompletableFuture
			.supplyAsync(() -> server.run(progress::add, "./deploy.sh", commit));
		await(progress, "starting ");
		// Both: the one over which the push came, and the one over which the deploy was
		// asked for
		server.server().execAsRoot("pkill", "-KILL", "-x", "sshd-session").orThrow();
		assertThat(pushed.join().exitCode()).as("the push was cut").isNotZero();
		Execution followed = server.run("./detached.sh", "runs/" + commit);
		assertThat(followed.exitCode()).as(followed.output()).isZero();
		assertThat(followed.output()).contains("==> the connection is lost; looking how the deploy goes on (1)");
		assertThat(server.live()).isEqualTo(CiServer.versionOf(commit));
	}

	@MeasuredTest
	void shouldPutThingsRightAfterARebootInTheMiddle() throws InterruptedException {
		String commit = server.quickCommit("Power cut", "echo reboot >>README.md; git add README.md");
		BlockingQueue<String> progress = new LinkedBlockingQueue<>();
		CompletableFuture<Execution> pushed = CompletableFuture
			.supplyAsync(() -> server.run(progress::add, "./deploy.sh", commit));
		await(progress, "starting ");
		Reboot reboot = Reboot.of(server.server(), PipelineIT::answers);
		assertThat(reboot.isBack()).as(this.before + " is back by itself").isTrue();
		assertThat(server.live()).isEqualTo(this.before);
		assertThat(pushed.handle((execution, problem) -> problem != null || !execution.succeeded()).join()).isTrue();

		Execution again = losingNothing("./deploy.sh", commit);
		assertThat(again.exitCode()).as(again.output()).isZero();
		assertThat(server.live()).isEqualTo(CiServer.versionOf(commit));
	}

	/**
	 * With a limit: whoever asks a machine that is going down may never get an answer.
	 */
	private static boolean answers(URI service) {
		try {
			return HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(service.resolve("/api/version")).timeout(Duration.ofSeconds(2)).build(),
						HttpResponse.BodyHandlers.discarding())
				.statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Execution losingNothing(String... command) {
		UnderLoad underLoad = server.underLoad(command);
		ReportAssert.assertThat(underLoad.report()).isTrusted().lostNothing();
		return underLoad.execution();
	}

	private static void assertRefused(String message, String... command) {
		Execution execution = server.run(command);
		assertThat(execution.lines()).hasSize(1).first().asString().startsWith(message);
		assertThat(execution.exitCode()).isEqualTo(2);
	}

	private static void print(String mode, ModeReport found) {
		List<Outage> outages = found.outages();
		System.out.printf("%s: %d of %d requests saw the bad release, within %.1f s%n", mode, found.dropped(),
				found.sent(),
				outages.isEmpty() ? 0 : (outages.get(outages.size() - 1).toMs() - outages.get(0).fromMs()) / 1000.0);
	}

	private static void await(BlockingQueue<String> progress, String expected) throws InterruptedException {
		String line = "";
		while (!line.contains(expected)) {
			line = progress.poll(120, TimeUnit.SECONDS);
			assertThat(line).as("a line before '%s'", expected).isNotNull();
		}
	}

}
