package dev.zerodowntime.lab.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.zerodowntime.lab.LabException;
import dev.zerodowntime.lab.Rehearsed;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.probe.report.TerminalReport;
import picocli.CommandLine.Help.Ansi;

/**
 * The figures in the READMEs: what stands between the two marks is a run's own output,
 * never typed by hand.
 */
final class GeneratedDocs {

	/** In every language the same figures, of the same run. */
	private static final List<String> READMES = List.of("README.md", "README.ko.md");

	private GeneratedDocs() {
	}

	static void update(List<StageRun> all) throws IOException {
		if (!all.stream().flatMap((run) -> run.rehearsals().stream()).allMatch((each) -> each.report().trusted())) {
			throw new LabException(
					"a run that cannot be trusted is not put into the READMEs: try again on an idle machine");
		}
		// The table over all stages, not over the one that was run.
		if (all.size() == Stage.all().size() && all.stream().allMatch((run) -> run.deploys() == 1)) {
			for (String readme : READMES) {
				replace(Stage.root().resolve(readme), "table", measured(StageRun.table(all).markdown()));
			}
		}
		for (StageRun run : all) {
			updateStage(run);
		}
		CopiedBlocks.update(Stage.root());
	}

	private static void updateStage(StageRun run) throws IOException {
		TerminalReport report = new TerminalReport(Ansi.OFF, StandardCharsets.UTF_8, TerminalReport.DEFAULT_WIDTH);
		Rehearsed asIs = run.asIs();
		for (String readme : READMES) {
			Path file = asIs.stage().directory().resolve(readme);
			if (run.deploys() > 1) {
				// Too many for a timeline
				replace(file, "deploys", measured(
						text("%d deploys in a row%n%n%s".formatted(run.deploys(), report.summary(asIs.report())))));
				continue;
			}
			replace(file, "run",
					measured(text(report.timeline(asIs.measurement()) + "\n\n" + report.summary(asIs.report()))));
			if (!run.variants().isEmpty()) {
				replace(file, "variants", measured(run.variantTable().markdown()));
			}
			if (!run.figures().isEmpty()) {
				replace(file, "figures", measured(text(String.join("\n", run.figures()))));
			}
		}
	}

	private static String text(String text) {
		return "```text\n" + text + "\n```";
	}

	private static String measured(String text) {
		return text + "\n\n" + Machine.describe() + ".";
	}

	static void replace(Path file, String block, String text) throws IOException {
		Pattern marks = Pattern.compile("(<!-- generated %s: [^>]*-->\\n).*?(<!-- /generated -->)".formatted(block),
				Pattern.DOTALL);
		Matcher matcher = marks.matcher(Files.readString(file));
		if (!matcher.find()) {
			throw new LabException("no place for the generated %s in %s".formatted(block, file));
		}
		Files.writeString(file, matcher
			.replaceFirst((match) -> Matcher.quoteReplacement(match.group(1) + text + "\n" + match.group(2))));
	}

}
