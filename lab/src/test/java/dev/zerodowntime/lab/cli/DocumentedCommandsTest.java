package dev.zerodowntime.lab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.zerodowntime.lab.LabException;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.lab.docs.Page;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every {@code ./workshop} command in a page exists, with its options. */
class DocumentedCommandsTest {

	private static final Pattern COMMAND = Pattern.compile("\\./workshop ([^`|&;()]*)");

	private static final Pattern PLACEHOLDER = Pattern.compile("[A-Z]+|\\.\\.\\.|\\[.*|.*\\]|stepN|…");

	private static final Set<String> WITH_A_STEP = Set.of("run", "test", "up", "watch", "deploy", "rollback", "shell",
			"down");

	@Test
	void shouldExist() throws IOException {
		List<String> problems = new ArrayList<>();
		int commands = 0;
		for (Page page : Page.all()) {
			for (String command : commands(page)) {
				commands++;
				String problem = problem(command);
				if (!problem.isEmpty()) {
					problems.add("%s: ./workshop %s: %s".formatted(page, command, problem));
				}
			}
		}
		assertEquals("", String.join("\n", problems));
		assertTrue(commands > 100, "commands: " + commands);
	}

	@Test
	void shouldFindThoseThatDoNot() throws IOException {
		assertEquals("", problem("run step2 --variants without-volume"));
		assertEquals("", problem("probe run --url http://127.0.0.1:1/ --rate 300 -- ./x.sh --whatever"));
		assertEquals("", problem("deploy step3 v2 --dry-run"));
		assertEquals("no command 'launch'", problem("launch step1"));
		assertEquals("no step 'step77'", problem("up step77"));
		assertEquals("no option --fast", problem("run step1 --fast"));
		assertEquals("no option --fast", problem("probe run --fast"));
		assertEquals("no option --fast", problem("setup --fast"));
		assertEquals("no option --fast", problem("deploy step3 --fast v2"));
		assertEquals("no variant without-luck", problem("run step2 --variants without-luck"));
	}

	private static List<String> commands(Page page) {
		List<String> texts = new ArrayList<>(page.code());
		page.fences().stream().flatMap((fence) -> fence.commands().stream()).forEach(texts::add);
		return texts.stream()
			.flatMap((text) -> COMMAND.matcher(text).results())
			.map((command) -> command.group(1).strip())
			.toList();
	}

	private static String problem(String line) throws IOException {
		List<String> words = new ArrayList<>(List.of(line.split("\\s+")));
		String command = words.remove(0);
		if (command.isEmpty() || command.equals("--help") || PLACEHOLDER.matcher(command).matches()) {
			return "";
		}
		String help = Files.readString(Stage.root().resolve("lab/host/help.sh"));
		if (!help.matches("(?s).*\\n\\t\\t  " + Pattern.quote(command) + "[ \\n].*")) {
			return "no command '%s'".formatted(command);
		}
		if (words.contains("--")) {
			words = words.subList(0, words.indexOf("--"));
		}
		String step = words.isEmpty() ? "" : words.get(0);
		if (WITH_A_STEP.contains(command) && step.startsWith("step") && !PLACEHOLDER.matcher(step).matches()) {
			try {
				Stage.named(step);
			}
			catch (LabException ex) {
				return "no step '%s'".formatted(step);
			}
		}
		Set<String> options = options(command, step, help);
		for (String word : words) {
			String option = word.replaceAll("^\\[|\\]$", "");
			if (option.matches("--.+") && !options.contains(option)) {
				return "no option " + option;
			}
		}
		int variants = words.indexOf("--variants") + 1;
		if (variants > 0 && variants < words.size()) {
			for (String name : words.get(variants).split(",")) {
				if (!name.equals("none") && !PLACEHOLDER.matcher(name).matches()
						&& Stage.named(step).variants().stream().noneMatch((each) -> each.name().equals(name))) {
					return "no variant " + name;
				}
			}
		}
		return "";
	}

	private static Set<String> options(String command, String step, String help) throws IOException {
		Set<String> options = new HashSet<>(Set.of("--help"));
		switch (command) {
			case "run", "up", "watch",
					"board" ->
				Workshop.commandLine()
					.getSubcommands()
					.get(command)
					.getCommandSpec()
					.optionsMap()
					.keySet()
					.forEach(options::add);
			case "probe" -> add(options, Files
				.readString(Stage.root().resolve("probe/src/main/java/dev/zerodowntime/probe/cli/RunCommand.java")));
			case "deploy" -> {
				// What it does not know itself goes to the step's script
				for (Stage stage : Stage.all()) {
					if (step.isEmpty() || PLACEHOLDER.matcher(step).matches() || stage.name().startsWith(step)) {
						add(options, usage(stage.kit().orElse(stage).directory().resolve("deploy.sh")));
					}
				}
			}
			default -> {
				Matcher own = Pattern.compile("(?s)\\t\\t" + command + "\\) cat.*?\\n\\t\\tEND").matcher(help);
				add(options, own.find() ? own.group() : "");
			}
		}
		return options;
	}

	private static String usage(Path script) throws IOException {
		try (Stream<String> lines = Files.lines(script)) {
			return String.join("\n", lines.takeWhile((line) -> line.startsWith("#")).toList());
		}
	}

	private static void add(Set<String> options, String text) {
		Pattern.compile("--[a-z][a-z-]+").matcher(text).results().forEach((option) -> options.add(option.group()));
	}

}
