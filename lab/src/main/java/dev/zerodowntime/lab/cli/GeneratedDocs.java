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

	private static final Pattern BLOCK = Pattern.compile("(<!-- generated: [^>]*-->\\n).*?(<!-- /generated -->)",
			Pattern.DOTALL);

	/** In every language the same figures, of the same run. */
	private static final List<String> STAGE_READMES = List.of("README.md", "README.ko.md");

	private GeneratedDocs() {
	}

	static void update(List<Rehearsed> all, ResultTable table) throws IOException {
		if (!all.stream().allMatch((each) -> each.report().trusted())) {
			throw new LabException(
					"a run that cannot be trusted is not put into the READMEs: try again on an idle machine");
		}
		// The table over all stages, not over the one that was run.
		if (all.size() == Stage.all().size()) {
			replace(Stage.root().resolve("README.md"), table.markdown() + "\n\n" + Machine.describe() + ".");
		}
		TerminalReport report = new TerminalReport(Ansi.OFF, StandardCharsets.UTF_8, TerminalReport.DEFAULT_WIDTH);
		for (Rehearsed each : all) {
			String block = "```text\n" + report.timeline(each.measurement()) + "\n\n" + report.summary(each.report())
					+ "\n```\n\n" + Machine.describe() + ".";
			for (String readme : STAGE_READMES) {
				replace(each.stage().directory().resolve(readme), block);
			}
		}
	}

	static void replace(Path file, String text) throws IOException {
		Matcher matcher = BLOCK.matcher(Files.readString(file));
		if (!matcher.find()) {
			throw new LabException("no place for generated figures in " + file);
		}
		Files.writeString(file, matcher
			.replaceFirst((match) -> Matcher.quoteReplacement(match.group(1) + text + "\n" + match.group(2))));
	}

}
