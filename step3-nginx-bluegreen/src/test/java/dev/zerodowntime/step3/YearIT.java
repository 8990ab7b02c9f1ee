package dev.zerodowntime.step3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.UnderLoad;
import dev.zerodowntime.lab.junit.MeasuredTest;
import dev.zerodowntime.probe.ReportAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a year of deploys needs: the disk does not fill up with old releases, the owner's
 * hooks are called, and a job knows whether its instance is live.
 */
class YearIT {

	/** In the order of their last deploys, the oldest first; l1 is live. */
	private static final String LONG_HISTORY = """
			set -e
			rm -rf year && mkdir year
			printf 'FROM bluegreen/guest-book:l1\\nCOPY layer /\\n' >year/Dockerfile
			head -c 5000000 /dev/urandom >year/layer
			docker build --quiet --tag bluegreen/guest-book:o1 year >/dev/null
			for version in o1 o2 f1 f2 f3 soon; do
				[ $version = o1 ] || docker tag bluegreen/guest-book:l1 bluegreen/guest-book:$version
				mkdir -p releases/$version
				echo archive >releases/$version/image.tar
			done
			docker tag bluegreen/guest-book:o1 by-hand/thing:o1
			echo note >releases/f1/note
			rm history
			for line in 'o1 switched' 'o1 kept' 'o2 switched' 'o2 kept' 'l1 switched group=blue' 'l1 kept' \
					'f1 failed' 'f2 failed' 'f3 failed'; do
				echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) app $line" >>history
			done
			""";

	/** Each with a layer that no other one has. */
	private static final String MANY_DEPLOYS = """
			set -e
			export KEEP=5 INSTANCES=1 WARMUP_ROUNDS=1
			mkdir -p year
			printf 'FROM bluegreen/guest-book:l1\\nCOPY layer /\\n' >year/Dockerfile
			for number in $(seq %d %d); do
				head -c 2000000 /dev/urandom >year/layer
				docker build --quiet --tag bluegreen/guest-book:n$number year >/dev/null
				mkdir -p releases/n$number
				cp year/layer releases/n$number/image.tar
				./deploy.sh n$number >year/log 2>&1 || { cat year/log; exit 1; }
			done
			""";

	/** Writes down what it gets. */
	private static final String HOOK = """
			#!/bin/sh
			printf '%s ' "$(basename "$0")" "$DEPLOY_VERSION" "$DEPLOY_GROUP" "$DEPLOY_PREVIOUS_VERSION" >>hooks.log
			echo "$DEPLOY_REASON" >>hooks.log
			""";

	/** As the ones of a service: it migrates where it is asked to. */
	private static final String MIGRATES = """
			mkdir -p year
			cat >year/Dockerfile <<'END'
			FROM bluegreen/guest-book:l2
			ENTRYPOINT ["sh", "-c", "case $0 in --*) echo $DEPLOY_GROUP migrates: $0 $* ;; *) exec \\"$0\\" \\"$@\\" ;; esac"]
			CMD ["nginx", "-c", "/etc/little.conf", "-g", "daemon off;"]
			END
			docker build --quiet --tag bluegreen/guest-book:l5 year
			""";

	/**
	 * A job that is due twice a second, in an instance of each group: one that does not
	 * ask whether it is live, and one that does. They say for which half of a second they
	 * ran.
	 */
	private static final String JOBS = """
			job='while :; do
				due=$(($(date +%s%3N) / 500))
				if [ "$due" != "$last" ]; then
					last=$due
					echo "always $due"
					[ ! -e "$DEPLOY_LIVE_FILE" ] || echo "live $due"
				fi
				sleep 0.05
			done'
			schedule() {
				docker exec "bluegreen-$1-1" sh -c "$job" >"year/$1" &
			}
			set -e
			rm -rf year && mkdir year
			schedule blue-1
			BAKE=3 ./deploy.sh l2 >year/log 2>&1 &
			deploy=$!
			timeout 60 sh -c 'until grep -q "green is ready" year/log; do sleep 0.1; done'
			schedule green-1
			wait $deploy
			kill $!
			for job in always live; do
				echo "$job: due $(grep -h $job year/*-1 | sort -u | wc -l), twice $(grep -h $job year/*-1 | sort | uniq -d | wc -l)"
			done
			""";

	private static BlueGreenServer server;

	@BeforeAll
	static void start() {
		server = BlueGreenServer.withLittleReleases();
	}

	/** What the other classes do not expect. */
	@AfterAll
	static void cleanUp() {
		server
			.shell("rm -rf year releases/soon releases/f? releases/o? releases/n* hooks; docker rmi by-hand/thing:o1");
	}

	/** In each test, l1 is live in blue and l2 would come to green. */
	@BeforeEach
	void beginAnew() {
		server.beginAnew();
		server.shell("rm -rf hooks hooks.log && mkdir hooks").orThrow();
	}

	@MeasuredTest
	void shouldKeepTheLastReleasesAndTheWaysBack() {
		server.shell(LONG_HISTORY).orThrow();
		server.set("KEEP=3");
		UnderLoad underLoad = UnderLoad.run(server.server(), UnderLoad.DEFAULT_RATE, LittleServer.DEFAULT_LIMIT,
				(line) -> {
				}, "./deploy.sh", "l2");
		Execution deploy = underLoad.execution().orThrow();
		ReportAssert.assertThat(underLoad.report()).isTrusted().lostNothing();
		// Deployed last: l2, f3, f2. The ways back: l2, l1, o2
		assertThat(deploy.lines()).last()
			.asString()
			.matches("==> removed old releases: f1 o1 \\(KEEP=3\\); \\d+ MB of disk are free");
		assertThat(images()).contains("l1", "l2", "f2", "f3", "o2", "v1", "v2").doesNotContain("f1", "o1");
		assertThat(server.shell("docker images --format '{{.Tag}}' by-hand/thing").output()).isEqualTo("o1");
		assertThat(archives()).as("what was never deployed, and what the owner has put there")
			.contains("soon", "f1", "f2", "f3", "o2", "v1", "v2")
			.doesNotContain("o1");
		assertThat(server.shell("ls releases/f1").output()).isEqualTo("note");

		server.set("KEEP=1 IMAGE=docker.io/bluegreen/guest-book");
		assertThat(server.run("./rollback.sh").orThrow().output()).as("a rollback").doesNotContain("removed old");
		assertThat(server.run("./deploy.sh", "l2").orThrow().output()).contains("==> removed old releases: f2 f3 o2 (");
		assertThat(images()).as("the way back").contains("l1", "l2").doesNotContain("f2", "f3", "o2");
	}

	@Test
	void shouldRemoveNoImageThatAnotherServiceUses() {
		server.shell(LONG_HISTORY).orThrow();
		server.set("KEEP=2");
		server.run("docker", "create", "--name", "staging-blue-1-1", "bluegreen/guest-book:o1").orThrow();
		try {
			assertThat(server.run("./deploy.sh", "l2").orThrow().lines()).last()
				.isEqualTo("==> no old release is removed, for the container staging-blue-1-1 uses an image of "
						+ "bluegreen/guest-book, too");
			assertThat(images()).contains("o1", "f1");
		}
		finally {
			server.run("docker", "rm", "staging-blue-1-1").orThrow();
		}
	}

	@Test
	void shouldCallTheHooksOfADeployAndNoneOfARollback() throws InterruptedException, IOException {
		server.shell(MIGRATES).orThrow();
		hook("before-boot", example("before-boot"));
		hook("before-switch",
				HOOK + "for url in $DEPLOY_URLS; do curl -s \"$url/\" >>hooks.log; done; echo >>hooks.log");
		hook("after-switch", HOOK + "exit 3");
		hook("after-failure", HOOK + example("after-failure").replace("#!/bin/sh", ""));
		server.shell("echo http://127.0.0.1:8080/ >hooks/chat-url").orThrow();
		server.set("BAKE=60");
		Deploying deploy = Deploying.run(server, "./deploy.sh", "l5")
			.until("green migrates: --spring.main.web-application-type=none --spring.flyway.enabled=true")
			.until("hooks/after-switch failed with status 3");
		Execution rollback = server.run("./rollback.sh").orThrow();
		assertThat(rollback.output()).contains("l1 is live, switched in").doesNotContain("hooks/");
		assertThat(deploy.ended().exitCode()).isEqualTo(1);
		assertThat(deploy.ended().output()).as("the notification").doesNotContain("hooks/after-failure failed");
		assertThat(server.shell("cat hooks.log").lines()).containsExactly("before-switch l5 green l1 ", "l2l2",
				"after-switch l5 green l1 ", "after-failure l5 green l1 l5 was rolled back");
	}

	@Test
	void shouldSwitchNothingWhereAHookFailsBefore() throws InterruptedException {
		hook("after-failure", HOOK + "exit 1");
		hook("before-boot", "#!/bin/sh\necho no database; exit 7");
		Execution failed = server.run("./deploy.sh", "l2");
		assertThat(failed.exitCode()).isEqualTo(1);
		assertThat(failed.output())
			.contains(
					"no database\ndeploy.sh: hooks/before-boot failed with status 7: l2 is not live; l1 was, and is, ")
			.doesNotContain("starting green")
			.endsWith("==> hooks/after-failure failed with status 1");
		assertThat(server.shell("tail -n 1 history").output()).contains(" l2 failed load=");

		server.shell("rm hooks/before-boot").orThrow();
		server.set("HOOK_LIMIT=1");
		hook("before-switch", "#!/bin/sh\nsleep 60");
		assertThat(server.run("./deploy.sh", "l2").output()).contains("==> green is warm",
				"deploy.sh: hooks/before-switch did not end within 1 s: l2 is not live; l1 was, and is, untouched");
		assertThat(server.shell("cat hooks.log").lines()).hasSize(2)
			.allSatisfy((line) -> assertThat(line).startsWith("after-failure l2 green l1 hooks/before-"));
		assertThat(server.live()).isEqualTo("blue l1");
		assertThat(server.shell("docker ps --all --format '{{.Names}}' | grep -c -e -green-").output()).isEqualTo("0");
	}

	@Test
	void shouldEndAHookThatADeployIsInterruptedIn() {
		hook("before-boot", "#!/bin/sh\necho waiting; exec sleep 61");
		Execution execution = server.shell("""
				./deploy.sh l2 >cut-off.log 2>&1 &
				timeout 60 sh -c 'until grep -q waiting cut-off.log; do sleep 0.02; done'
				kill -TERM $!
				wait $! || echo status $?
				cat cut-off.log
				sleep 0.2
				pgrep -f 'sleep 6[1]' || echo ended
				""");
		assertThat(execution.output()).contains("status 130", "interrupted while: before-boot; l1 was live, and is")
			.endsWith("ended");
		server.shell("chmod -x hooks/before-boot").orThrow();
		assertThat(server.run("./deploy.sh", "l2").lines()).containsExactly(
				"deploy.sh: hooks/before-boot is not executable, nothing was touched: chmod +x hooks/before-boot");
	}

	/** In the moment of the switch it may run twice, or not at all. */
	@Test
	void shouldRunAJobInTheLiveGroupOnly() {
		List<String> jobs = server.shell(JOBS).orThrow().lines();
		System.out.println("jobs during a deploy: " + jobs);
		int[] always = numbers(jobs.get(0));
		int[] live = numbers(jobs.get(1));
		assertThat(always[1]).as("in both groups, not asking").isGreaterThan(4);
		assertThat(live[1]).as("in both groups, asking").isLessThan(2);
		assertThat(live[0]).as("in one of them").isBetween(always[0] - 1, always[0]);
	}

	/** As if a year had passed. */
	@Test
	@Tag("long")
	@Timeout(2400)
	void shouldNeedNoMoreDiskAfterManyDeploys() {
		server.shell(MANY_DEPLOYS.formatted(1, 10)).orThrow();
		String before = disk();
		for (int first = 11; first <= 210; first += 10) {
			server.shell(MANY_DEPLOYS.formatted(first, first + 9)).orThrow();
		}
		String after = disk();
		System.out.printf("after 10 deploys: %s%nafter 200 more:   %s%n", before, after);
		assertThat(images()).filteredOn((image) -> image.startsWith("n")).hasSize(5);
		assertThat(archives()).filteredOn((archive) -> archive.startsWith("n")).hasSize(5);
		assertThat(megabytes(after)).isLessThan(megabytes(before) + 5);
	}

	private static void hook(String name, String script) {
		server.shell("cat >hooks/%1$s <<'END'\n%2$s\nEND\nchmod +x hooks/%1$s".formatted(name, script)).orThrow();
	}

	/** What the manual shows. */
	private static String example(String name) throws IOException {
		return Files.readString(Path.of("src/test/kit/hooks", name));
	}

	private static int[] numbers(String line) {
		return Pattern.compile("\\d+")
			.matcher(line)
			.results()
			.mapToInt((number) -> Integer.parseInt(number.group()))
			.toArray();
	}

	private static String disk() {
		return server.shell("""
				echo "$(docker images --all --quiet | sort -u | wc -l) images with layers,"
				echo "$(docker system df --format '{{.Type}} {{.Size}}' | sed -n 's/^Images //p') in images,"
				echo "$(du -sm . | cut -f 1) MB in the folder"
				""").orThrow().output().replace('\n', ' ');
	}

	private static int megabytes(String disk) {
		return Integer.parseInt(disk.replaceAll(".* (\\d+) MB in the folder", "$1"));
	}

	private static List<String> images() {
		return lines("docker images --format '{{.Tag}}' bluegreen/guest-book");
	}

	private static List<String> archives() {
		return lines("ls releases");
	}

	private static List<String> lines(String command) {
		return Stream.of(server.shell(command).orThrow().output().split("\\s+")).toList();
	}

}
