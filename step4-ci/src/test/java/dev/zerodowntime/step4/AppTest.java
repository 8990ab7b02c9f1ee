package dev.zerodowntime.step4;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.zerodowntime.lab.Stage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What app/, a project by itself, has in common with the rest of this repository. */
class AppTest {

	private static final Path APP = Stage.named("step4").directory().resolve("app");

	@ParameterizedTest
	@ValueSource(strings = { "<artifactId>spring-boot-starter-parent</artifactId>\\s*<version>([^<]+)</version>",
			"<rest-assured.version>([^<]+)</rest-assured.version>", "<java.version>([^<]+)</java.version>" })
	void shouldHaveTheVersionsOfTheRootPom(String version) throws IOException {
		assertThat(find(version, APP.resolve("pom.xml"))).isEqualTo(find(version, Stage.root().resolve("pom.xml")));
	}

	/** Stage 4 changes how the service is shipped, not the service. */
	@ParameterizedTest
	@ValueSource(strings = { "Entry", "GuestBook", "GuestBookApplication", "GuestBookController", "PageController",
			"Release", "VersionController", "VersionHeaderFilter" })
	void shouldBeTheServiceOfStage3(String name) throws IOException {
		assertThat(source(APP, "step4", name)).isEqualTo(source(Stage.named("step3").directory(), "step3", name));
	}

	private static List<String> source(Path folder, String step, String name) throws IOException {
		return Files.readAllLines(folder.resolve("src/main/java/dev/zerodowntime/%s/%s.java".formatted(step, name)))
			.stream()
			.map((line) -> line.replace("dev.zerodowntime." + step, "dev.zerodowntime"))
			.toList();
	}

	private static String find(String pattern, Path file) throws IOException {
		Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(file));
		assertThat(matcher.find()).as("%s in %s", pattern, file).isTrue();
		return matcher.group(1);
	}

}
