package dev.zerodowntime.step3;

import java.util.List;
import java.util.stream.Stream;

import dev.zerodowntime.lab.Execution;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a year of deploys needs: the disk does not fill up with old releases.
 */
class YearIT {

	/** In the order of their last deploys, the oldest first; l1 is live. */
	private static final String LONG_HISTORY = """
			set -e
			now=2026-01-01T00:00:00Z
			rm history
			for line in 'o1 switched' 'o1 kept' 'o2 switched' 'o2 kept' 'l1 switched group=blue' 'l1 kept' \
					'f1 failed' 'f2 failed' 'f3 failed'; do
				echo "$now app $line" >>history
			done
			for version in o1 o2 f1 f2 f3 soon; do
				docker tag bluegreen/guest-book:l1 bluegreen/guest-book:$version
				mkdir -p releases/$version
				echo archive >releases/$version/image.tar
			done
			docker tag bluegreen/guest-book:l1 by-hand/thing:o1
			echo note >releases/f1/note
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

	private static BlueGreenServer server;

	@BeforeAll
	static void start() {
		server = BlueGreenServer.withLittleReleases();
	}

	/** What the other classes do not expect. */
	@AfterAll
	static void cleanUp() {
		server.shell("rm -rf year releases/soon releases/f? releases/o? releases/n*; docker rmi by-hand/thing:o1");
	}

	/** In each test, l1 is live in blue and l2 would come to green. */
	@BeforeEach
	void beginAnew() {
		server.beginAnew();
	}

	@Test
	void shouldKeepTheLastReleasesAndTheWaysBack() {
		server.shell(LONG_HISTORY).orThrow();
		server.set("KEEP=3");
		Execution deploy = server.run("./deploy.sh", "l2").orThrow();
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

		server.set("KEEP=1");
		assertThat(server.run("./rollback.sh").orThrow().output()).as("a rollback").doesNotContain("removed old");
		assertThat(server.run("./deploy.sh", "l2").orThrow().output()).contains("==> removed old releases: f2 f3 o2 (");
		assertThat(images()).as("the way back").contains("l1", "l2");
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
