package dev.zerodowntime.step4;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.Reboot;
import dev.zerodowntime.lab.UnderLoad;
import dev.zerodowntime.lab.junit.MeasuredTest;
import dev.zerodowntime.probe.ReportAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of commits that are not fine, and of fine ones on a bad day; always with
 * requests. What the gate does with releases is in {@link GateIT}.
 */
class PipelineIT {

	private static CiServer server;

	private String before = "";

	@BeforeAll
	static void start() {
		server = CiServer.inAHurry();
		String commit = server.quickCommit("A release that boots at once", ":");
		server.run("./deploy.sh", commit).orThrow();
	}

	@BeforeEach
	void remember() {
		this.before = server.live();
	}

	@Test
	void shouldTouchNothingWhenThereIsNoSuchCommit() {
		assertRefused("deploy.sh: which version? usage: ./deploy.sh VERSION (there are: v1 v2)", "./deploy.sh");
		assertRefused("deploy.sh: there is no version v9 in desk/ (there are: v1 v2)", "./deploy.sh", "v9");
		assertRefused("deploy.sh: give exactly one version", "./deploy.sh", "v1", "v2");
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
			.contains("pipeline.sh: " + CiServer.versionOf(commit) + " was not shipped: build failed");
		assertThat(server.live()).isEqualTo(this.before);
		assertThat(server.run("docker", "images", "--quiet", "localhost:5000/guest-book:" + CiServer.versionOf(commit))
			.output()).isEmpty();
	}

	@MeasuredTest
	void shouldLoseNothingToACommitThatDoesNotBoot() {
		String commit = server.quickCommit("A directive that nginx does not know", "echo 'open_the_door;' >directives");
		Execution deploy = losingNothing("./deploy.sh", commit);
		assertThat(deploy.exitCode()).isEqualTo(1);
		assertThat(deploy.output()).contains("stopped by itself, the last lines of its log are:")
			.contains("unknown directive")
			.contains("gate.sh: %s is not live: its deploy failed; %s is live".formatted(CiServer.versionOf(commit),
					this.before));
		assertThat(server.live()).isEqualTo(this.before);
	}

	@Test
	void shouldSkipACommitThatIsNotMainAnyMore() {
		String commit = server.quickCommit("Too late", "echo late >>README.md; git add README.md");
		Execution skipped = server.run("./pipeline.sh", commit);
		assertThat(skipped.lines()).containsExactly("==> skipped: main has moved on to "
				+ server.shell("git -C guest-book.git rev-parse main").output().strip());
		assertThat(skipped.exitCode()).isEqualTo(4);
	}

	@Test
	void shouldSayWhyAPushIsNotShipped() {
		assertThat(server.shell("cd desk && git push server v1:refs/heads/other 2>&1").output())
			.contains("refs/heads/other: only a push to main is shipped");
		// git itself refuses to delete main unless the server's owner has allowed it
		assertThat(server.shell("cd guest-book.git && echo 1234 0000 refs/heads/main | hooks/post-receive").lines())
			.containsExactly("==> main was deleted: nothing is shipped, and what is live stays live");
		assertThat(server.live()).isEqualTo(this.before);
	}

	@MeasuredTest
	void shouldShipTwoPushesOneAfterTheOther() throws InterruptedException {
		String first = server.quickCommit("First", "echo first >>README.md; git add README.md");
		String second = server.commit("Second", "git checkout --quiet --detach " + first + "; echo second >>README.md");
		BlockingQueue<String> progress = new LinkedBlockingQueue<>();
		CompletableFuture<Execution> pushed = CompletableFuture
			.supplyAsync(() -> server.run(progress::add, "./deploy.sh", first));
		CiServer.await(progress, "building " + CiServer.versionOf(first));
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
		CiServer.await(progress, "starting ");
		// Both: the one over which the push came, and the one over which the deploy was
		// asked for
		server.server().execAsRoot("pkill", "-KILL", "-x", "sshd-session").orThrow();
		assertThat(pushed.join().exitCode()).as("the push was cut").isNotZero();
		Execution followed = server.run("./detached.sh", "runs/" + commit);
		assertThat(followed.exitCode()).as(followed.output()).isZero();
		assertThat(followed.output()).contains("==> the connection is lost; connecting again to follow the deploy (1)");
		assertThat(server.live()).isEqualTo(CiServer.versionOf(commit));
	}

	@MeasuredTest
	void shouldPutThingsRightAfterARebootInTheMiddle() throws InterruptedException {
		String commit = server.quickCommit("Power cut", "echo reboot >>README.md; git add README.md");
		BlockingQueue<String> progress = new LinkedBlockingQueue<>();
		CompletableFuture<Execution> pushed = CompletableFuture
			.supplyAsync(() -> server.run(progress::add, "./deploy.sh", commit));
		CiServer.await(progress, "starting ");
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

}
