package dev.zerodowntime.step3;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.UnderLoad;
import dev.zerodowntime.lab.junit.MeasuredTest;
import dev.zerodowntime.probe.ReportAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the scripts do on a server, and what they say when something is wrong; always with
 * visitors, of whom none is lost.
 */
class DeployScriptIT {

	private static BlueGreenServer server;

	/** The release that is live when a test begins, and the one that is not. */
	private String live = "";

	private String next = "";

	@BeforeAll
	static void start() {
		server = BlueGreenServer.withV1();
	}

	/** Whatever else the test before left behind, a deploy puts it right. */
	@BeforeEach
	void reset() {
		server.mendReload();
		server.shell("cp pristine/nginx/nginx.conf nginx/").orThrow();
		server.set("BAKE=0 OVERLAP=0 READY_LIMIT=60");
		this.live = server.version();
		this.next = server.next();
	}

	@Test
	void shouldTouchNothingWhenThereIsNoSuchRelease() {
		String live = server.live();
		assertRefused(2, "deploy.sh: which version? usage: ./deploy.sh VERSION (there are: v1 v2", "./deploy.sh");
		assertRefused(2, "deploy.sh: there is no version v9 (there are: v1 v2", "./deploy.sh", "v9");
		assertRefused(2, "deploy.sh: ../v1 is not a version", "./deploy.sh", "../v1");
		assertRefused(2, "deploy.sh: one version, please", "./deploy.sh", "v1", "v2");
		assertRefused(2, "deploy.sh: unknown option --now", "./deploy.sh", "--now", "v1");
		assertRefused(2, "rollback.sh: it takes no argument", "./rollback.sh", "v1");
		assertThat(server.live()).isEqualTo(live);
	}

	@Test
	void shouldOnlySayWhatItWouldDoInADryRun() {
		String live = server.live();
		String containers = server.run("docker", "ps", "--quiet").output();
		assertThat(server.run("./deploy.sh", "--dry-run", this.next).orThrow().output())
			.contains("==> live: " + live.replace(" ", " with "))
			.contains("with " + this.next + ", switch when both are ready, drain");
		assertThat(server.live()).isEqualTo(live);
		assertThat(server.run("docker", "ps", "--quiet").output()).isEqualTo(containers);
	}

	@MeasuredTest
	void shouldLoseNobodyToAReleaseThatDoesNotBoot() {
		server.image("v3", "ENTRYPOINT [\"java\", \"-jar\", \"nonesuch.jar\"]");
		Execution deploy = underLoad("./deploy.sh", "v3");
		assertUntouched(deploy);
		assertThat(deploy.output()).contains("-1 with v3 stopped by itself, the last lines of its log are:")
			.contains("    Error: Unable to access jarfile nonesuch.jar");
	}

	@MeasuredTest
	void shouldLoseNobodyToAReleaseThatIsNeverReady() {
		server.image("v4", "ENTRYPOINT [\"sleep\", \"600\"]");
		server.set("READY_LIMIT=5");
		Execution deploy = underLoad("./deploy.sh", "v4");
		assertUntouched(deploy);
		assertThat(deploy.output()).contains("-1 with v4 was not ready within 5 s");
	}

	@MeasuredTest
	void shouldLoseNobodyToABrokenNginxConfiguration() {
		server.shell("echo 'nonsense;' >>nginx/nginx.conf").orThrow();
		Execution deploy = underLoad("./deploy.sh", this.next);
		assertUntouched(deploy);
		assertThat(deploy.output()).contains("deploy.sh: nginx refuses its configuration")
			.contains("unknown directive \"nonsense\"");
	}

	@MeasuredTest
	void shouldAskAgainWhereTheEngineCouldNotRunTheReload() {
		server.breakReload();
		Execution deploy = underLoad((line) -> {
			if (line.contains("asking again")) {
				server.mendReload();
			}
		}, "./deploy.sh", this.next);
		assertThat(deploy.exitCode()).as(deploy.output()).isZero();
		assertThat(deploy.output()).contains("==> the engine could not run nginx -s reload, asking again: ");
		assertThat(server.live()).endsWith(this.next);
	}

	@MeasuredTest
	void shouldRouteAsBeforeWhereTheEngineNeverRunsTheReload() {
		String routed = routed();
		server.breakReload();
		Execution deploy = underLoad("./deploy.sh", this.next);
		server.mendReload();
		assertUntouched(deploy);
		assertThat(deploy.output()).containsPattern("nginx cannot be told to reload, (blue|green) stays live: ");
		assertThat(routed()).as("after a reboot, too").isEqualTo(routed);
		assertThat(server.run("./deploy.sh", this.next).exitCode()).isZero();
	}

	@Test
	void shouldTellTheSecondDeployerWhoHoldsTheLock() throws InterruptedException {
		BlockingQueue<String> progress = new LinkedBlockingQueue<>();
		CompletableFuture<Execution> first = deploying(progress, this.next);
		await(progress, "with " + this.next);
		Execution second = server.run("./deploy.sh", this.live);
		assertThat(second.exitCode()).isEqualTo(1);
		assertThat(second.output()).matches("deploy\\.sh: another deploy is running, nothing was touched: deploy of "
				+ this.next + " by app \\(process \\d+\\) since .+");
		first.join().orThrow();
		assertThat(server.live()).endsWith(this.next);
	}

	@MeasuredTest
	void shouldLoseNobodyWhenKilledInTheBootAndGoOn() {
		killedAndGoesOn("with " + this.next);
	}

	@MeasuredTest
	void shouldLoseNobodyWhenKilledInTheWarmUpAndGoOn() {
		killedAndGoesOn("is ready");
	}

	@MeasuredTest
	void shouldLoseNobodyWhenKilledAfterTheSwitchAndGoOn() {
		killedAndGoesOn("switched to");
	}

	@MeasuredTest
	void shouldLoseNobodyWhenKilledWhileTheOldColourStopsAndGoOn() {
		killedAndGoesOn("stopping");
	}

	private void killedAndGoesOn(String point) {
		Execution second = underLoad("sh", "-c", """
				./deploy.sh "$1" >killed.log 2>&1 &
				timeout 60 sh -c 'until grep -q "$0" killed.log; do sleep 0.05; done' "$0"
				kill -KILL $!
				./deploy.sh "$1"
				""", point, this.next);
		assertThat(second.exitCode()).as(second.output()).isZero();
		assertThat(server.live()).endsWith(this.next);
		assertThat(server.run("docker", "ps", "--format", "{{.Names}}").lines()).hasSize(3);
	}

	@MeasuredTest
	void shouldGoBackByASwitchWhileTheOldColourIsWarm() throws InterruptedException {
		server.set("BAKE=60");
		BlockingQueue<String> progress = new LinkedBlockingQueue<>();
		CompletableFuture<Execution> deploy = deploying(progress, this.next);
		await(progress, "stays warm");
		assertThat(server.run("./status.sh").orThrow().output()).containsPattern("(blue|green) +live +" + this.next)
			.containsPattern("(blue|green) +warm +" + this.live);

		Execution rollback = underLoad("./rollback.sh");

		assertThat(rollback.exitCode()).as(rollback.output()).isZero();
		// How fast that is, figures.sh prints; here it is compared with a boot on the
		// same machine
		assertThat(milliseconds("switch", rollback.output())).as(rollback.output())
			.isLessThan(milliseconds("boot", server.shell("cat history").output()) / 3);
		assertThat(server.live()).endsWith(this.live);
		assertThat(deploy.join().exitCode()).isEqualTo(1);
		assertThat(deploy.join().lines()).contains("deploy.sh: " + this.next + " was rolled back");
		assertThat(server.shell("tail -n 2 history").output()).contains(" " + this.next + " rolled-back ")
			.contains(" " + this.live + " rollback ");
	}

	@MeasuredTest
	void shouldLeaveTheOldColourToADeployThatBeginsWhileItIsWarm() throws InterruptedException {
		server.set("BAKE=60");
		BlockingQueue<String> progress = new LinkedBlockingQueue<>();
		CompletableFuture<Execution> first = deploying(progress, this.next);
		await(progress, "stays warm");

		server.set("BAKE=0");
		Execution second = underLoad("./deploy.sh", this.live);

		assertThat(second.exitCode()).as(second.output()).isZero();
		assertThat(server.live()).endsWith(this.live);
		assertThat(first.join().orThrow().output()).containsPattern(
				this.next + " is live, and (blue|green) is now in other hands: deploy of " + this.live + " by app");
		assertThat(server.shell("tail -n 2 history").output())
			.containsPattern("(?s) " + this.next + " live .* " + this.live + " live ");
	}

	@MeasuredTest
	void shouldGoBackByADeployWhenTheOldColourIsCold() {
		server.run("./deploy.sh", this.next).orThrow();
		Execution rollback = underLoad("./rollback.sh");
		assertThat(rollback.exitCode()).as(rollback.output()).isZero();
		assertThat(rollback.output()).contains("is not warm any more: deploying " + this.live);
		assertThat(server.live()).endsWith(this.live);
	}

	@MeasuredTest
	void shouldLetBothColoursServeForAWhileWhenWanted() {
		server.set("OVERLAP=3");
		Execution deploy = underLoad("./deploy.sh", this.next);
		assertThat(deploy.exitCode()).as(deploy.output()).isZero();
		assertThat(deploy.lines()).contains("==> both colours serve for 3 s");
	}

	/** Those are the chapter's, and every run of the stage prints them. */
	@Test
	@Tag("long")
	void shouldPrintItsFiguresAndLeaveTheSameReleaseLive() {
		server.run("./deploy.sh", this.next).orThrow();
		assertRefused(1, "figures.sh: a bake time of 0 s is too short to go back in", "./figures.sh");
		server.set("BAKE=30");
		Execution figures = server.run("./figures.sh");
		assertThat(figures.exitCode()).as(figures.output()).isZero();
		assertThat(figures.output()).containsPattern("last deploy +load \\d.+, boot \\d.+, drain \\d.+, stop \\d")
			.containsPattern("boot \\+ drain +\\d\\.\\d\\d")
			.containsPattern("a rollback has switched after +\\d+ms");
		assertThat(server.live()).endsWith(this.next);
	}

	/** Of a phase, as the scripts write it; the last one where there are several. */
	private static int milliseconds(String phase, String text) {
		Matcher found = Pattern.compile(".*" + phase + "=(\\d+)ms", Pattern.DOTALL).matcher(text);
		assertThat(found.lookingAt()).as("%s in: %s", phase, text).isTrue();
		return Integer.parseInt(found.group(1));
	}

	/** Runs a command while visitors come, and insists that none is lost. */
	private static Execution underLoad(String... command) {
		return underLoad((line) -> {
		}, command);
	}

	private static Execution underLoad(Consumer<String> lines, String... command) {
		UnderLoad underLoad = UnderLoad.run(server.server(), UnderLoad.DEFAULT_RATE, LittleServer.DEFAULT_LIMIT, lines,
				command);
		ReportAssert.assertThat(underLoad.report()).isTrusted().lostNothing();
		return underLoad.execution();
	}

	/** What nginx reads when it starts. */
	private static String routed() {
		return server.shell("grep -v '^#' nginx/live/upstream.conf").orThrow().output();
	}

	private void assertUntouched(Execution deploy) {
		assertThat(deploy.exitCode()).as(deploy.output()).isEqualTo(1);
		assertThat(server.live()).endsWith(this.live);
	}

	private static void assertRefused(int exitCode, String message, String... command) {
		Execution execution = server.run(command);
		assertThat(execution.lines()).hasSize(1).first().asString().startsWith(message);
		assertThat(execution.exitCode()).isEqualTo(exitCode);
	}

	private static CompletableFuture<Execution> deploying(BlockingQueue<String> progress, String version) {
		return CompletableFuture.supplyAsync(() -> server.run(progress::add, "./deploy.sh", version));
	}

	private static void await(BlockingQueue<String> progress, String expected) throws InterruptedException {
		String line = "";
		while (!line.contains(expected)) {
			line = progress.poll(60, TimeUnit.SECONDS);
			assertThat(line).as("a line before '%s'", expected).isNotNull();
		}
	}

}
