package dev.zerodowntime.lab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

import dev.zerodowntime.lab.LabException;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Rehearsal;
import dev.zerodowntime.lab.Rehearsed;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.probe.cli.LiveLine;
import dev.zerodowntime.probe.cli.Terminal;
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

	@Parameters(paramLabel = "STEP", arity = "0..1", description = "Such as step1. Default: every stage.")
	private @Nullable String step;

	@Option(names = "--rate", paramLabel = "N", defaultValue = "100",
			description = "Requests per second in each connection mode.")
	private double rate;

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
		Terminal terminal = Workshop.terminal(this.spec);
		List<Stage> stages = (this.step != null) ? List.of(Stage.named(this.step)) : Stage.all();
		List<Rehearsed> all = new ArrayList<>();
		for (Stage stage : stages) {
			Rehearsed rehearsed = rehearse(stage, terminal);
			terminal.summary(rehearsed.measurement());
			all.add(rehearsed);
		}
		ResultTable table = new ResultTable(all);
		terminal.result("\n" + table.text());
		Path index = ReportFolder.write(all, table);
		terminal.result("\nReport: " + index);
		if (this.updateDocs) {
			GeneratedDocs.update(all, table);
		}
		return judge(all);
	}

	private Rehearsed rehearse(Stage stage, Terminal terminal) {
		terminal.progress(stage.name() + ": starting a little server");
		List<LiveLine> live = new ArrayList<>();
		try (LittleServer server = LittleServer.of(stage).start()) {
			terminal
				.progress("%s: %s goes live, then %s is shipped at %s requests/s on fresh and as many on keep-alive "
					.formatted(stage.name(), FROM, TO, rateText()) + "connections");
			return new Rehearsal(server).rate(this.rate)
				.output(terminal::print)
				.watchedBy((probe) -> live.add(LiveLine.on(probe, terminal)))
				.run(FROM, TO);
		}
		finally {
			live.forEach(LiveLine::close);
		}
	}

	private String rateText() {
		return (this.rate == Math.rint(this.rate)) ? String.valueOf((long) this.rate) : String.valueOf(this.rate);
	}

	private static int judge(List<Rehearsed> all) {
		for (Rehearsed each : all) {
			if (!each.deploy().succeeded()) {
				throw new LabException("%s: the deploy failed (exit status %d); the server's logs are in %s"
					.formatted(each.stage().name(), each.deploy().exitCode(), each.logs()));
			}
		}
		return all.stream().allMatch((each) -> each.report().trusted()) ? Workshop.OK : Workshop.UNTRUSTED;
	}

}
