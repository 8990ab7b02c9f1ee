package dev.zerodowntime.step4;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.lab.UnderLoad;
import dev.zerodowntime.lab.junit.MeasuredTest;
import dev.zerodowntime.probe.ReportAssert;
import org.junit.jupiter.api.Tag;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The GitHub workflow as it is in the file: its {@code run} steps, in their order, with
 * their environment, on a machine that plays the runner.
 */
@Tag("long")
class WorkflowIT {

	private static final Path WORKFLOW = Stage.named("step4").directory().resolve("app/.github/workflows/deploy.yml");

	/** What GitHub would fill in, in the words of a shell on the little server. */
	private static final Map<String, String> FILLED_IN = Map.of("ghcr.io/${{ github.repository_owner }}",
			"localhost:5000", "${{ vars.SERVER }}", "app@127.0.0.1", "${{ vars.KNOWN_HOSTS }}",
			"$(ssh-keyscan -t ed25519 127.0.0.1 2>/dev/null)", "${{ secrets.CI_KEY }}", "$(cat /srv/app/keys/ci)",
			"${{ secrets.GITHUB_TOKEN }}", "token", "${{ github.actor }}", "learner",
			"${{ needs.build.outputs.image }}", "$(sed -n 's/^image=//p' /srv/app/runner/output)",
			"${{ needs.build.outputs.version }}", "$(sed -n 's/^version=//p' /srv/app/runner/output)");

	@MeasuredTest
	void shouldShipWithItsOwnSteps() throws IOException {
		CiServer server = CiServer.asNew();
		server.run("./deploy.sh", "v1").orThrow();
		server.shell("rm -rf runner && mkdir runner && cat >runner/job.sh <<'END'\n" + script() + "END").orThrow();
		UnderLoad run = server.underLoad("bash", "runner/job.sh");
		assertThat(run.execution().exitCode()).as(run.execution().output()).isZero();
		ReportAssert.assertThat(run.report()).isTrusted().lostNothing();
		assertThat(server.live()).isEqualTo("v2");
		assertThat(server.shell("cat runner/summary").output()).contains("**0 of ")
			.contains("| keep-alive |")
			.contains("switched to");
		assertThat(server.shell("ls runner/*/target/sbom.json runner/*/target/report.html").lines()).hasSize(2);
	}

	/**
	 * Each job in a checkout of its own, each step in a shell of its own, as GitHub does.
	 */
	private static String script() throws IOException {
		List<String> lines = new ArrayList<>(List.of("set -e", "cd runner", ". ../local.sh",
				"export GITHUB_OUTPUT=$PWD/output GITHUB_STEP_SUMMARY=$PWD/summary"));
		Map<String, Object> workflow = new Yaml().load(Files.readString(WORKFLOW));
		map(workflow.get("jobs")).forEach((name, job) -> {
			lines.add("git clone --quiet --branch v2 ../desk " + name);
			for (Object step : (List<?>) map(job).get("steps")) {
				if (map(step).get("run") instanceof String run) {
					Map<String, Object> environment = new LinkedHashMap<>(map(map(job).get("env")));
					environment.putAll(map(map(step).get("env")));
					StringBuilder line = new StringBuilder("(cd " + name);
					environment.forEach((key, value) -> line.append("; export ")
						.append(key)
						.append("=\"")
						.append(fillIn(value.toString()))
						.append('"'));
					lines.add(line + "; bash -e -c '" + run.replace("'", "'\\''") + "')");
				}
			}
		});
		assertThat(lines).as("steps that run something").hasSizeGreaterThan(8);
		return String.join("\n", lines) + "\n";
	}

	private static String fillIn(String value) {
		String filled = value;
		for (Map.Entry<String, String> each : FILLED_IN.entrySet()) {
			filled = filled.replace(each.getKey(), each.getValue());
		}
		assertThat(filled).as("what GitHub would fill in").doesNotContain("${{");
		return filled;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> map(Object value) {
		return (value != null) ? (Map<String, Object>) value : Map.of();
	}

}
