package dev.zerodowntime.step4;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.zerodowntime.lab.Execution;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a year of pushes leaves on the server is bounded: images, the registry's content,
 * what the runs have printed. What can be rolled back to stays.
 */
class KeepIT {

	private static final int KEEP = 2;

	@Test
	void shouldKeepTheLastReleasesAndTheWayBack() {
		CiServer server = CiServer.inAHurry();
		server.shell("echo KEEP=%d >>bluegreen/settings.sh".formatted(KEEP)).orThrow();
		List<String> commits = new ArrayList<>();
		List<Integer> blobs = new ArrayList<>();
		for (int push = 1; push <= 4; push++) {
			String commit = server.quickCommit("Push " + push, "echo '# push %d' >directives".formatted(push));
			assertThat(server.run("./deploy.sh", commit).orThrow().output()).contains("is live")
				.doesNotContain("could not");
			commits.add(commit);
			blobs.add(Integer.valueOf(lines(server,
					"docker exec registry-registry-1 find /var/lib/registry -path '*/blobs/*' -name data | wc -l")
				.get(0)));
		}
		System.out.println("blobs in the registry after each push: " + blobs);
		List<String> kept = commits.subList(2, 4);
		String[] names = kept.stream().map(CiServer::versionOf).toArray(String[]::new);
		assertThat(blobs.get(3)).isEqualTo(blobs.get(2)).isEqualTo(blobs.get(1));
		assertThat(lines(server, "docker images --format '{{.Tag}}' bluegreen/guest-book"))
			.containsExactlyInAnyOrder(names);
		assertThat(lines(server, "docker images --format '{{.Tag}}' localhost:5000/guest-book"))
			.containsExactlyInAnyOrder(names);
		assertThat(lines(server,
				"curl -s http://localhost:5000/v2/guest-book/tags/list | sed 's/.*\\[//; s/].*//' | tr -d '\"' | tr , '\\n'"))
			.containsExactlyInAnyOrder(names);
		assertThat(lines(server, "ls runs")).containsExactlyInAnyOrderElementsOf(kept);
		assertThat(lines(server, "ls deploys")).containsExactlyInAnyOrderElementsOf(kept);
		assertThat(server.shell("docker images --quiet --filter dangling=true").output()).isEmpty();

		server.run("./rollback.sh").orThrow();
		assertThat(server.live()).isEqualTo(names[0]);
		Execution again = server.run("./deploy.sh", kept.get(1)).orThrow();
		assertThat(again.output()).as("it is there still").contains("==> the registry has the image");
		assertThat(server.live()).isEqualTo(names[1]);
	}

	private static List<String> lines(CiServer server, String command) {
		return Arrays.asList(server.shell(command).orThrow().output().split("\\s+"));
	}

}
