package dev.zerodowntime.lab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import dev.zerodowntime.lab.Kept;
import dev.zerodowntime.lab.LabException;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Reboot;
import dev.zerodowntime.lab.Rehearsal;
import dev.zerodowntime.lab.Rehearsed;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.lab.Variant;
import dev.zerodowntime.probe.cli.LiveLine;
import dev.zerodowntime.probe.cli.Terminal;
import dev.zerodowntime.probe.model.Report;
import dev.zerodowntime.probe.report.ReportFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./workshop run}: the numbers this project exists for. */
@Command(name = "run", mixinStandardHelpOptions = true, showDefaultValues = true,
		description = "Ships v1 -> v2 under load on every stage (or one), prints the table, writes the report.")
final class RunCommand implements Callable<Integer> {

	private static final String FROM = "v1";

	private static final String TO = "v2";

	private static final int MAX_ATTEMPTS = 3;

	private static final String NO_VARIANTS = "none";

	/** What a stage has to tell in numbers besides, run on the server in the end. */
	private static final String FIGURES = "figures.sh";

	@Parameters(paramLabel = "STEP", arity = "0..1", description = "Such as step1. Default: every stage.")
	private @Nullable String step;

	@Option(names = "--rate", paramLabel = "N", defaultValue = "100",
			description = "Requests per second in each connection mode.")
	private double rate;

	@Option(names = "--deploys", paramLabel = "N", defaultValue = "1",
			description = "How often to ship: v2, then v1 again, and so on. Variants are shipped once.")
	private int deploys;

	@Option(names = "--variants", paramLabel = "NAME", split = ",",
			description = "Which variants of the step's scripts to run as well, or none. Default: all.")
	private @Nullable List<String> variants;

	@Option(names = "--guess", paramLabel = "N",
			description = "How many requests you believe the STEP loses, over both modes; compared in the end.")
	private @Nullable Long guess;

	@Option(names = "--report", paramLabel = "FOLDER",
			description = "Where the report goes. Default: report, in the repository's folder.")
	private @Nullable Path report;

	@Option(names = "--update-docs", description = "Put the numbers into the READMEs, too.")
	private boolean updateDocs;

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public Integer call() throws IOException {
		if (!(this.rate > 0 && this.rate <= 2000)) {
			throw new ParameterException(Objects.requireNonNull(this.spec).commandLine(),
					"--rate must be above 0 and at most 2000");
		}
		if (!(this.deploys >= 1 && this.deploys <= 1000)) {
			throw new ParameterException(Objects.requireNonNull(this.spec).commandLine(),
					"--deploys must be from 1 to 1000");
		}
		if (this.guess != null && (this.step == null || this.guess < 0)) {
			throw new ParameterException(Objects.requireNonNull(this.spec).commandLine(),
					"--guess needs a STEP, and a number that is not negative");
		}
		Path folder = (this.report != null) ? Workshop.fromCaller(this.report) : Stage.root().resolve("report");
		// Found out before the measurement, not after it
		ReportFile.check(folder.resolve(ReportFolder.INDEX));
		Terminal terminal = Workshop.terminal(this.spec);
		List<StageRun> all = new ArrayList<>();
		if (this.step != null) {
			Stage stage = Stage.named(this.step);
			all.add(runWithDetails(stage, chosenVariants(stage), terminal));
		}
		else if (this.variants != null) {
			throw new ParameterException(Objects.requireNonNull(this.spec).commandLine(), "--variants needs a STEP");
		}
		else {
			for (Stage stage : Stage.all()) {
				all.add(new StageRun(rehearse(stage, null, false, terminal, (server) -> {
				}), this.deploys, List.of(), List.of()));
			}
		}
		terminal.result("\n" + StageRun.table(all).text());
		if (this.guess != null) {
			terminal.result("\n" + compare(this.guess, all.get(0).asIs().report().totalDropped()));
		}
		terminal.result("\nReport: " + ReportFolder.write(all, folder));
		if (this.updateDocs) {
			GeneratedDocs.update(all);
		}
		return judge(all);
	}

	private List<Variant> chosenVariants(Stage stage) {
		if (this.variants == null) {
			return stage.variants();
		}
		if (this.variants.equals(List.of(NO_VARIANTS))) {
			return List.of();
		}
		return this.variants.stream().map(stage::variant).toList();
	}

	/** One stage by itself: its variants and figures, too. */
	private StageRun runWithDetails(Stage stage, List<Variant> variants, Terminal terminal) {
		List<String> figures = new ArrayList<>();
		boolean reboot = !variants.isEmpty();
		Rehearsed asIs = rehearse(stage, null, reboot, terminal, (server) -> {
			figures.clear();
			figures.addAll(figures(server, terminal));
		});
		List<Rehearsed> varied = new ArrayList<>();
		for (Variant variant : variants) {
			varied.add(rehearse(stage, variant, reboot, terminal, (server) -> {
			}));
		}
		StageRun run = new StageRun(asIs, this.deploys, varied, figures);
		if (!varied.isEmpty()) {
			variants.forEach((each) -> terminal.result(each.name() + ": " + each.description()));
			terminal.result("\n" + run.variantTable().text());
		}
		return run;
	}

	private static List<String> figures(LittleServer server, Terminal terminal) {
		if (!Files.isRegularFile(server.stage().directory().resolve(FIGURES))) {
			return List.of();
		}
		terminal.progress(server.stage().name() + ": measuring its figures");
		List<String> figures = server.exec(terminal::result, "./" + FIGURES).orThrow().lines();
		terminal.result("");
		return figures;
	}

	/** With another try, or two, where pages need a run that can be trusted. */
	private Rehearsed rehearse(Stage stage, @Nullable Variant variant, boolean reboot, Terminal terminal,
			Consumer<LittleServer> afterwards) {
		for (int attempt = 1;; attempt++) {
			Rehearsed rehearsed = rehearseOnce(stage, variant, reboot, terminal, afterwards);
			Report report = rehearsed.report();
			// What a variant loses is what it shows; any other loss is never hidden by a
			// second try
			boolean mayBeRepeated = variant != null || report.totalDropped() == 0;
			if (report.trusted() || !this.updateDocs || !mayBeRepeated || attempt == MAX_ATTEMPTS) {
				return rehearsed;
			}
			terminal.progress("attempt %d of %d cannot be trusted, again: %s".formatted(attempt, MAX_ATTEMPTS,
					String.join("; ", report.problems())));
		}
	}

	private Rehearsed rehearseOnce(Stage stage, @Nullable Variant variant, boolean reboot, Terminal terminal,
			Consumer<LittleServer> afterwards) {
		String name = stage.name() + ((variant != null) ? ", " + variant.name() : "");
		terminal.progress(name + ": starting a little server");
		List<LiveLine> live = new ArrayList<>();
		try (LittleServer server = LittleServer.of(stage).start()) {
			terminal
				.progress("%s: %s goes live, then %s is shipped at %s requests/s on fresh and as many on keep-alive "
					.formatted(name, FROM, TO, rateText()) + "connections" + (reboot ? ", then a reboot" : ""));
			Rehearsal rehearsal = new Rehearsal(server).rate(this.rate)
				.variant(variant)
				.guess((variant == null) ? this.guess : null)
				.deploys((variant == null) ? this.deploys : 1)
				.output(terminal::print)
				.watchedBy((probe) -> live.add(LiveLine.on(probe, terminal)));
			Rehearsed rehearsed = (reboot ? rehearsal.thenReboot() : rehearsal).run(FROM, TO);
			live.forEach(LiveLine::close);
			terminal.summary(rehearsed.measurement());
			terminal.result(aftermath(rehearsed));
			if (variant == null && !rehearsed.deploy().succeeded()) {
				throw new LabException("%s: the deploy failed (exit status %d); the server's logs are in %s"
					.formatted(name, rehearsed.deploy().exitCode(), rehearsed.logs()));
			}
			afterwards.accept(server);
			return rehearsed;
		}
		finally {
			live.forEach(LiveLine::close);
		}
	}

	private static String aftermath(Rehearsed rehearsed) {
		Kept kept = rehearsed.kept();
		String text = (kept != null)
				? "Data: lost %d of %d entries; %s answers.".formatted(kept.lost(), kept.written(), kept.version())
				: "Data: nobody answers.";
		Reboot reboot = rehearsed.reboot();
		if (reboot == null) {
			return text + "\n";
		}
		return text
				+ (reboot.isBack() ? " Back %.1f s after a reboot.%n".formatted(reboot.backAfter().toMillis() / 1000.0)
						: " Not back within %d s of a reboot.%n".formatted(reboot.limit().toSeconds()));
	}

	static String compare(long guess, long lost) {
		String difference = (guess == lost) ? "exactly"
				: "%d too %s".formatted(Math.abs(lost - guess), (guess < lost) ? "few" : "many");
		return "You guessed %d lost requests, it was %d: %s.".formatted(guess, lost, difference);
	}

	private String rateText() {
		return (this.rate == Math.rint(this.rate)) ? String.valueOf((long) this.rate) : String.valueOf(this.rate);
	}

	private static int judge(List<StageRun> all) {
		return all.stream().flatMap((run) -> run.rehearsals().stream()).allMatch((each) -> each.report().trusted())
				? Workshop.OK : Workshop.UNTRUSTED;
	}

}
