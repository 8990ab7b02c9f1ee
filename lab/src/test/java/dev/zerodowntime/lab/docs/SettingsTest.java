package dev.zerodowntime.lab.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.zerodowntime.lab.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The reference of settings has the values that the files have. */
class SettingsTest {

	/** Sections by their number on the page, and where their settings stand. */
	private static final Map<Integer, String> FILES = Map.of(1, "step3-nginx-bluegreen/server/lib/settings.sh", 2,
			"step3-nginx-bluegreen/server/nginx/nginx.conf", 3, "step3-nginx-bluegreen/server/compose.yaml", 4,
			"step3-nginx-bluegreen/src/main/resources/application.properties", 5, "step4-ci/server/settings.sh");

	private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| `([^`]+)` \\|.*");

	/** As shells, nginx, Compose and Spring write it; of a variable, its default. */
	private static final String SETTING = "(?s).*(^|[\\s{])%s(=|: |\\s)\\[?\"?(\\$\\{[A-Z_]+:-)?%s[\\s;}\\]\"].*";

	private static final Pattern IN_A_SCRIPT = Pattern.compile("(?m)(?:^|(?<= ))([A-Z][A-Z0-9_]+)=[^$\\s]");

	@ParameterizedTest
	@ValueSource(strings = { "docs/en/reference/scripts.md", "docs/ko/reference/scripts.md" })
	void shouldBeWhatTheFilesSay(String name) throws IOException {
		List<String> wrong = new ArrayList<>();
		int rows = 0;
		int section = -1;
		for (String line : Page.read(Stage.root().resolve(name)).lines()) {
			section += line.startsWith("## ") ? 1 : 0;
			Matcher row = ROW.matcher(line);
			if (FILES.containsKey(section) && row.matches()) {
				rows++;
				if (!says(read(FILES.get(section)), row.group(1), row.group(2))) {
					wrong.add("%s does not say %s %s".formatted(FILES.get(section), row.group(1), row.group(2)));
				}
			}
		}
		assertEquals("", String.join("\n", wrong));
		assertTrue(rows > 30, "settings: " + rows);
	}

	@ParameterizedTest
	@ValueSource(strings = { "docs/en/reference/scripts.md", "docs/ko/reference/scripts.md" })
	void shouldLeaveOutNoneOfTheScripts(String name) throws IOException {
		String page = Files.readString(Stage.root().resolve(name));
		List<String> missing = new ArrayList<>();
		for (String file : List.of(FILES.get(1), FILES.get(5))) {
			String head = read(file).split("\n\\[ ! -f ")[0];
			IN_A_SCRIPT.matcher(head)
				.results()
				.map((setting) -> setting.group(1))
				.filter((setting) -> !page.contains("| `" + setting + "` |"))
				.forEach(missing::add);
		}
		assertEquals(List.of(), missing);
	}

	@Test
	void shouldFindWhatIsWrong() {
		assertTrue(says("a: 1\nstop_grace_period: 40s\n", "stop_grace_period", "40s"));
		assertTrue(says("cpu_shares: ${CPU_SHARES:-1024}\n", "cpu_shares", "1024"));
		assertFalse(says("stop_grace_period: 40s\n", "stop_grace_period", "30s"));
		assertFalse(says("keepalive_min_timeout 10s;\n", "min_timeout", "10s"));
	}

	private static boolean says(String file, String setting, String value) {
		return file.matches(SETTING.formatted(Pattern.quote(setting), Pattern.quote(value)));
	}

	private static String read(String file) throws IOException {
		return Files.readString(Path.of(Stage.root().toString(), file));
	}

}
