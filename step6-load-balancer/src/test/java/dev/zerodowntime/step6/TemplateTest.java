package dev.zerodowntime.step6;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.zerodowntime.lab.Stage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** AWS's own checker has nothing to say against the template. */
class TemplateTest {

	private static final String CHECKER = "lab/tools/cloudformation/validate.mjs";

	private static final String INSTALLED = ".workshop/tools/cloudformation/installed.json";

	private static Path template() {
		return Stage.named("step6").directory().resolve("aws/template.yaml");
	}

	@Test
	void shouldHaveNoFinding() throws Exception {
		assertThat(findings(template())).isEmpty();
	}

	@Test
	void shouldFindWhatIsWrong(@TempDir Path folder) throws Exception {
		String template = Files.readString(template());
		for (String[] error : new String[][] { { "HealthCheckPath:", "HealthCheckPth:", "HealthCheckPth" },
				{ "!Ref GreenTargets", "!Ref GreanTargets", "GreanTargets" },
				{ "Protocol: HTTPS", "Protocol: HTPPS", "HTPPS" } }) {
			assertThat(template).contains(error[0]);
			Path wrong = Files.writeString(folder.resolve("wrong.yaml"), template.replace(error[0], error[1]));
			assertThat(findings(wrong)).contains(error[2]);
		}
	}

	/** CloudFormation knows none, though the checker does not mind. */
	@Test
	void shouldHaveNoAnchors() throws IOException {
		assertThat(Files.readAllLines(template())).noneMatch((line) -> line.matches(".*: [&*]\\w.*"));
	}

	private static String findings(Path template) throws IOException, InterruptedException {
		// ./workshop test installs it where there is npm. GitHub's runners have npm, so
		// there it must not be skipped.
		Assumptions.assumeTrue(System.getenv("CI") != null || Files.exists(Stage.root().resolve(INSTALLED)),
				"the checker of templates is missing");
		Process process = new ProcessBuilder("node", CHECKER, template.toString()).directory(Stage.root().toFile())
			.redirectErrorStream(true)
			.start();
		String findings = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor() == 0).as(findings).isEqualTo(findings.isEmpty());
		return findings;
	}

}
