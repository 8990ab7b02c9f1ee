package dev.zerodowntime.step3;

import java.util.stream.Stream;

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
 * requests, of which none is lost.
 */
class DeployScriptIT {

	private static BlueGreenServer server;

	/** The release that is live when a test begins, and the one that is not. */
	private String live = "";

	private String next = "";

	@BeforeAll
	static void start() {
		server = BlueGreenServer.withLittleReleases();
	}

	/** Whatever else the test before left behind, a deploy puts it right. */
	@BeforeEach
	void reset() {
		server.shell("cp pristine/nginx/* nginx/").orThrow();
		server.set("BAKE=0 READY_LIMIT=60");
		this.live = server.version();
		this.next = this.live.equals("l1") ? "l2" : "l1";
	}

	@Test
	void shouldTouchNothingWhenAnArgumentIsWrong() {
		String live = server.live();
		assertRefused(2, "deploy.sh: which version? usage: ./deploy.sh VERSION (there are: l1 l2", "./deploy.sh");
		assertRefused(2, "deploy.sh: there is no version v9 (there are: l1 l2", "./deploy.sh", "v9");
		assertRefused(2, "deploy.sh: ../l1 is not a version", "./deploy.sh", "../l1");
		assertRefused(2, "deploy.sh: give exactly one version", "./deploy.sh", "l1", "l2");
		assertRefused(2, "deploy.sh: unknown option --now", "./deploy.sh", "--now", "l1");
		assertRefused(2, "rollback.sh: give at most one version", "./rollback.sh", "l1", "l2");
		assertRefused(2, "rollback.sh: unknown option --now", "./rollback.sh", "--now");
		assertRefused(2, "rollback.sh: v9 was never live here", "./rollback.sh", "v9");
		assertRefused(2, "status.sh: unknown argument l1", "./status.sh", "l1");
		assertRefused(2, "deploy.sh: BAKE=long is not a number", "env", "BAKE=long", "./deploy.sh", "l1");
		assertRefused(2, "deploy.sh: BAKE=08 is not a number", "env", "BAKE=08", "./deploy.sh", "l1");
		assertRefused(2, "deploy.sh: WATCH_PATH=x is not a path that begins with /", "env", "WATCH_PATH=x",
				"./deploy.sh", "l1");
		assertThat(server.live()).isEqualTo(live);
	}

	/** As a full disk, a server that is too small, or another user would have it. */
	@Test
	void shouldTouchNothingWhereItCouldNotEnd() {
		String live = server.live();
		server.server().execAsRoot("sh", "-c", "rm deploy.lock; ln -s /dev/full deploy.lock").orThrow();
		assertRefused(1, "deploy.sh: cannot write /srv/app/deploy.lock, nothing was touched: no space left?",
				"./deploy.sh", this.next);
		server.server().execAsRoot("sh", "-c", "rm deploy.lock; touch deploy.lock; chmod 600 deploy.lock").orThrow();
		assertRefused(1, "deploy.sh: app may not write /srv/app/deploy.lock, nothing was touched", "./deploy.sh",
				this.next);
		server.server().execAsRoot("rm", "deploy.lock").orThrow();
		assertRefused(1, "deploy.sh: only ", "env", "MIN_FREE=99999999", "./deploy.sh", this.next);
		assertRefused(1, "deploy.sh: nginx has the address 172.29.77.2, nothing was touched", "env", "SUBNET=172.29.78",
				"./deploy.sh", this.next);
		assertRefused(1,
				"deploy.sh: bluegreen runs with the files in /srv/app, nothing was touched: set SERVICE=bluegreen again, "
						+ "or put the files of other into a folder of their own",
				"env", "SERVICE=other", "./deploy.sh", this.next);
		server.shell("mkdir elsewhere && cp -R pristine/. elsewhere && cp settings.sh elsewhere").orThrow();
		assertRefused(1,
				"deploy.sh: nginx runs with the files in /srv/app/nginx, nothing was touched: run the scripts in "
						+ "/srv/app",
				"elsewhere/deploy.sh", this.next);
		server.shell("rm -r elsewhere; echo 'nonsense;' >>nginx/nginx.conf").orThrow();
		assertRefused(1, "deploy.sh: nginx would refuse its configuration at its next start, nothing was touched: ",
				"./deploy.sh", this.next);
		assertThat(server.live()).isEqualTo(live);
	}

	/** A proxy for everything else, and files that the shell and curl read. */
	@Test
	void shouldNotDependOnItsCaller() {
		assertThat(server.shell("""
				echo 'max-time = 0.001' >~/.curlrc
				CDPATH=/tmp http_proxy=http://127.0.0.1:9 HTTP_PROXY=http://127.0.0.1:9 ./deploy.sh %s
				status=$?
				http_proxy=http://127.0.0.1:9 ./status.sh
				rm ~/.curlrc
				exit $status
				""".formatted(this.next)).orThrow().output()).containsPattern("(blue|green) +live +" + this.next);
	}

	/** What nearly every site adds. */
	@MeasuredTest
	void shouldDeployAndRollBackWhateverIsAddedToNginx() {
		server
			.shell("""
					sed -i 's,^            proxy_pass .*,&\n            add_header Strict-Transport-Security max-age=60 always;,
						s,^        http2 on;,&\n        if ($http_x_forwarded_port = 80) { return 301 https://$host$request_uri; },
						0,/^    server {/s,^    server {,    server {\n        listen 8080 default_server;\n        return 301 /;\n    }\n    server {,' nginx/nginx.conf
					sed -i 's,^        listen 8080;,        listen 8080;\n        server_name localhost 127.0.0.1;,' nginx/nginx.conf
					./reload.sh
					""")
			.orThrow();
		server.set("BAKE=60");
		Execution both = underLoad("sh", "-c", """
				: >deploy.log
				./deploy.sh %s >deploy.log 2>&1 &
				timeout 60 sh -c 'until grep -q "stays warm" deploy.log; do sleep 0.1; done'
				./rollback.sh
				wait
				cat deploy.log
				""".formatted(this.next));
		assertThat(both.output()).contains("==> " + this.live + " is live, switched in")
			.contains("deploy.sh: " + this.next + " was rolled back");
		server.shell("cp pristine/nginx/* nginx/ && ./reload.sh").orThrow();
	}

	@MeasuredTest
	void shouldLoseNothingOverTls() {
		UnderLoad deploy = UnderLoad.runOverTls(server.server(), UnderLoad.DEFAULT_RATE / 2, LittleServer.DEFAULT_LIMIT,
				"./deploy.sh", this.next);
		assertThat(deploy.execution().exitCode()).as(deploy.execution().output()).isZero();
		ReportAssert.assertThat(deploy.report()).isTrusted().lostNothing();
	}

	@MeasuredTest
	void shouldReloadWithoutLosingARequest() {
		assertThat(underLoad("sh", "-c", "for reload in 1 2 3; do ./reload.sh || exit; done").exitCode()).isZero();
		server.shell("echo 'nonsense;' >>nginx/nginx.conf").orThrow();
		assertRefused(1, "reload.sh: nginx refuses its configuration and works as before: ", "./reload.sh");
		assertThat(server.version()).isEqualTo(this.live);
	}

	/**
	 * A database, or whatever else is put into the network, gets none of the fixed
	 * addresses.
	 */
	@Test
	void shouldLeaveTheAddressesOfTheGroupsAlone() {
		server.shell("""
				for guest in 1 2 3 4 5 6 7 8 9 10; do
					docker run --detach --rm --name guest-$guest --network bluegreen_guest-book --entrypoint sleep \
						"$(. ./settings.sh && echo "$NGINX_IMAGE")" 600
				done
				""").orThrow();
		try {
			server.run("./deploy.sh", this.next).orThrow();
		}
		finally {
			server.shell("docker rm --force $(docker ps --quiet --filter name=guest-)").orThrow();
		}
	}

	@Test
	void shouldOnlySayWhatItWouldDoInADryRun() {
		String live = server.live();
		String containers = server.run("docker", "ps", "--quiet").output();
		assertThat(server.run("./deploy.sh", "--dry-run", this.next).orThrow().output())
			.contains("==> live: " + live.replace(" ", " with "))
			.contains("with " + this.next + ", switch when all are ready, drain");
		assertThat(server.live()).isEqualTo(live);
		assertThat(server.run("docker", "ps", "--quiet").output()).isEqualTo(containers);
	}

	@Test
	void shouldNameTheSettingsThatNginxDoesNotWorkByYet() {
		String named = "nginx does not work by NGINX_IMAGE=nginx:0 HTTP_PORT=8088 until its container is created again";
		String[] changed = { "env", "HTTP_PORT=8088", "NGINX_IMAGE=nginx:0" };
		assertThat(server.run(with(changed, "./deploy.sh", "--dry-run", this.next)).orThrow().lines())
			.contains("==> " + named);
		assertThat(server.run(with(changed, "./status.sh")).orThrow().lines()).contains(named);
		assertThat(server.run("./status.sh").output()).doesNotContain("does not work by");
	}

	/** The shell and curl have a meaning of their own for some letters. */
	@Test
	void shouldRequestThePathsOfWarmupTxtAsTheyAreWritten() {
		server.shell("echo '/products[1]{2}?sizes=[a-c]' >>warmup.txt").orThrow();
		try {
			server.run("./deploy.sh", this.next).orThrow();
		}
		finally {
			server.shell("cp pristine/warmup.txt .").orThrow();
		}
	}

	@MeasuredTest
	void shouldLoseNothingToAReleaseThatDoesNotBoot() {
		server.image("v3", "ENTRYPOINT [\"java\", \"-jar\", \"nonesuch.jar\"]");
		Execution deploy = underLoad("./deploy.sh", "v3");
		assertUntouched(deploy);
		assertThat(deploy.output()).contains("-1 with v3 stopped by itself, the last lines of its log are:")
			.contains("    Error: Unable to access jarfile nonesuch.jar");
	}

	@MeasuredTest
	void shouldLoseNothingToAReleaseThatIsNeverReady() {
		server.image("v4", "ENTRYPOINT [\"sleep\", \"600\"]");
		server.set("READY_LIMIT=5");
		Execution deploy = underLoad("./deploy.sh", "v4");
		assertUntouched(deploy);
		assertThat(deploy.output()).contains("-1 with v4 was not ready within 5 s");
	}

	@Test
	void shouldNameTheOneWhoHoldsTheLock() {
		Execution second = server.shell("""
				exec 9<>deploy.lock
				flock 9
				echo 'deploy of v7 by somebody' >deploy.lock
				./deploy.sh %s 9>&-
				""".formatted(this.next));
		assertThat(second.exitCode()).isEqualTo(1);
		assertThat(second.output())
			.isEqualTo("deploy.sh: another deploy is running, nothing was touched: deploy of v7 by somebody");
	}

	/**
	 * The application itself, for a JVM that has only just been started does not hear
	 * TERM.
	 */
	@MeasuredTest
	void shouldLoseNothingWhenKilledInTheBootAndGoOn() {
		server.shell("docker image inspect bluegreen/guest-book:v2 || docker load --input releases/v2/image.tar")
			.orThrow();
		this.next = "v2";
		killedAndGoesOn("with " + this.next);
	}

	@MeasuredTest
	@Tag("long")
	void shouldLoseNothingWhenKilledInTheWarmUpAndGoOn() {
		killedAndGoesOn("is ready");
	}

	@MeasuredTest
	@Tag("long")
	void shouldLoseNothingWhenKilledAfterTheSwitchAndGoOn() {
		killedAndGoesOn("switched to");
	}

	@MeasuredTest
	@Tag("long")
	void shouldLoseNothingWhenKilledWhileTheOldGroupStopsAndGoOn() {
		killedAndGoesOn("stopping");
	}

	private void killedAndGoesOn(String point) {
		Execution second = underLoad("sh", "-c", """
				: >killed.log
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
	void shouldLeaveTheOldGroupToADeployThatBeginsWhileItIsWarm() throws InterruptedException {
		server.set("BAKE=60");
		Deploying first = Deploying.run(server, "./deploy.sh", this.next).until("stays warm");
		assertThat(server.run("./status.sh").orThrow().output()).containsPattern("(blue|green) +live +" + this.next)
			.containsPattern("(blue|green) +warm +" + this.live)
			.containsPattern("./rollback.sh switches back to (blue|green) with " + this.live);

		Execution second = underLoad("./deploy.sh", "--no-bake", this.live);

		assertThat(second.exitCode()).as(second.output()).isZero();
		assertThat(server.live()).endsWith(this.live);
		assertThat(first.ended().orThrow().output()).containsPattern(this.next
				+ " is live, and another command has taken over (blue|green): deploy of " + this.live + " by app");
		assertThat(server.shell("tail -n 3 history").output())
			.containsPattern("(?s) " + this.next + " switched .* " + this.live + " switched .* " + this.live + " kept");
	}

	@MeasuredTest
	void shouldRollBackByADeployWhenTheOldGroupIsCold() {
		server.run("./deploy.sh", this.next).orThrow();
		Execution rollback = underLoad("./rollback.sh");
		assertThat(rollback.exitCode()).as(rollback.output()).isZero();
		assertThat(rollback.output()).contains("is not warm any more: deploying it");
		assertThat(server.live()).endsWith(this.live);
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

	/** Runs a command while requests come, and insists that none is lost. */
	private static Execution underLoad(String... command) {
		UnderLoad underLoad = UnderLoad.run(server.server(), UnderLoad.DEFAULT_RATE, LittleServer.DEFAULT_LIMIT,
				(line) -> {
				}, command);
		ReportAssert.assertThat(underLoad.report()).isTrusted().lostNothing();
		return underLoad.execution();
	}

	private void assertUntouched(Execution deploy) {
		assertThat(deploy.exitCode()).as(deploy.output()).isEqualTo(1);
		assertThat(server.live()).endsWith(this.live);
	}

	private static String[] with(String[] first, String... more) {
		return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
	}

	private static void assertRefused(int exitCode, String message, String... command) {
		Execution execution = server.run(command);
		assertThat(execution.lines()).hasSize(1).first().asString().startsWith(message);
		assertThat(execution.exitCode()).isEqualTo(exitCode);
	}

}
