package dev.zerodowntime.probe.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.zerodowntime.probe.Repository;

/** The place in the reference that {@code probe/bench.sh --update-docs} fills. */
final class BenchDocs {

	private static final List<String> PAGES = List.of("docs/en/reference/probe.md", "docs/ko/reference/probe.md");

	private static final Pattern PLACE = Pattern.compile("(<!-- generated bench: [^>]*-->\\n).*?(<!-- /generated -->)",
			Pattern.DOTALL);

	private BenchDocs() {
	}

	static void fill(List<String> lines) throws IOException {
		for (String name : PAGES) {
			Path page = Repository.file(name);
			Matcher place = PLACE.matcher(Files.readString(page));
			if (!place.find()) {
				throw new IOException("no place for the generated figures in " + page);
			}
			String figures = "```text\n" + String.join("\n", lines) + "\n```\n\n" + machine() + "\n";
			Files.writeString(page,
					place.replaceFirst((match) -> Matcher.quoteReplacement(match.group(1) + figures + match.group(2))));
		}
	}

	private static String machine() {
		return "Measured on %s: %s %s, %d cores, Java %s.".formatted(LocalDate.now(), System.getProperty("os.name"),
				System.getProperty("os.arch"), Runtime.getRuntime().availableProcessors(), Runtime.version().feature());
	}

}
