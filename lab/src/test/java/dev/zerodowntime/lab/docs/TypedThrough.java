package dev.zerodowntime.lab.docs;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.zerodowntime.lab.Stage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * Types through whole chapters. Takes forty minutes, so that it is no test of the build:
 * {@code docs/type-through.sh} runs it.
 */
class TypedThrough {

	/** In the order of the tutorial. */
	static final List<String> PAGES = List.of("docs/en/setup.md", "step1-downtime-deploy/README.md",
			"docs/en/watching.md", "step2-dockerized/README.md", "step3-nginx-bluegreen/README.md",
			"docs/en/why-blue-green-still-loses.md", "step4-ci/README.md", "docs/en/your-own-service.md",
			"docs/en/own-vm.md");

	private static final List<String> TABLE = new ArrayList<>();

	@TestFactory
	Stream<DynamicTest> shouldDoWhatItSays() {
		String chosen = System.getProperty("docs.pages", "").strip();
		List<String> pages = chosen.isEmpty() ? PAGES : List.of(chosen.split("\\s+"));
		return pages.stream().map((page) -> dynamicTest(page, () -> typeThrough(page)));
	}

	private static void typeThrough(String name) throws IOException, InterruptedException {
		Typing typing = Typing.of(Page.read(Stage.root().resolve(name)));
		Path file = Stage.root().resolve("lab/target/typed").resolve(name.replace('/', '-') + ".log");
		Files.createDirectories(file.getParent());
		List<String> problems = new ArrayList<>();
		long from = System.nanoTime();
		int commands = 0;
		try (PrintWriter log = new PrintWriter(Files.newBufferedWriter(file), true);
				Typist typist = new Typist(Stage.root(), log::println)) {
			for (Typing.Step step : typing.steps()) {
				if (step.command().isEmpty()) {
					Shown.missing(step.shown(), typist.output())
						.forEach((line) -> problems.add("not printed: " + line));
					continue;
				}
				commands += 1 + step.input().size();
				System.out.println("  $ " + step.command());
				int status = typist.type(step.command(), step.input());
				if ((status != 0) != step.fails()) {
					problems.add("'%s' ended with exit status %d".formatted(step.command(), status));
				}
			}
		}
		TABLE.add(String.format(Locale.ROOT, "%-45s %8d %9.1f %8d", name, commands,
				Duration.ofNanos(System.nanoTime() - from).toMillis() / 60_000.0, typing.left().size()));
		assertEquals("", String.join("\n", problems), () -> "see " + file);
	}

	@AfterAll
	static void tell() {
		System.out.printf("%n%-45s %8s %9s %8s%n", "chapter", "commands", "minutes", "left out");
		TABLE.forEach(System.out::println);
	}

}
