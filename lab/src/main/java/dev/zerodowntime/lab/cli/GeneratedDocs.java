package dev.zerodowntime.lab.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import dev.zerodowntime.lab.LabException;
import dev.zerodowntime.lab.Rehearsed;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.probe.report.TerminalReport;

/** The figures in the READMEs. */
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
				GeneratedBlock.fillWithTable(Stage.root().resolve(readme), "table", StageRun.table(all));
			}
		}
		for (StageRun run : all) {
			updateStage(run);
		}
		CopiedBlocks.update(Stage.root());
	}

	private static void updateStage(StageRun run) throws IOException {
		TerminalReport report = new TerminalReport(false, StandardCharsets.UTF_8, TerminalReport.DEFAULT_WIDTH);
		Rehearsed asIs = run.asIs();
		for (String readme : READMES) {
			Path file = asIs.stage().directory().resolve(readme);
			if (run.deploys() > 1) {
				// Too many for a timeline
				GeneratedBlock.fill(file, "deploys",
						"%d deploys in a row%n%n%s".formatted(run.deploys(), report.summary(asIs.report())));
				continue;
			}
			GeneratedBlock.fill(file, "run",
					report.timeline(asIs.measurement()) + "\n\n" + report.summary(asIs.report()));
			if (!run.variants().isEmpty()) {
				GeneratedBlock.fillWithTable(file, "variants", run.variantTable());
			}
			if (!run.figures().isEmpty()) {
				GeneratedBlock.fill(file, "figures", String.join("\n", run.figures()));
			}
		}
	}

}
