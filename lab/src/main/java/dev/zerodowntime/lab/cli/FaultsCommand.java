package dev.zerodowntime.lab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.lab.faults.FaultTable;
import dev.zerodowntime.lab.faults.Faults;
import dev.zerodowntime.probe.cli.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code ./workshop faults STEP}: deploys that are cut off, and what comes after them.
 */
@Command(name = "faults", mixinStandardHelpOptions = true, showDefaultValues = true,
		description = "Cuts deploys and rollbacks off at each point and in each way, under load, and checks what the next command makes of it.")
final class FaultsCommand implements Callable<Integer> {

	@Parameters(paramLabel = "STEP", description = "step3 or step4: the stages whose commands can be cut off anywhere.")
	private String step = "";

	@Option(names = "--faults", paramLabel = "N", defaultValue = "1000",
			description = "How many; each at most once. Default: all.")
	private int faults;

	@Option(names = "--seed", paramLabel = "N",
			description = "Chooses them and their order. Default: another one each time.")
	private @Nullable Long seed;

	@Option(names = "--only", paramLabel = "TEXT", defaultValue = "",
			description = "Only those whose line contains TEXT, such as: KILL after 'drained'")
	private String only = "";

	@Option(names = "--rate", paramLabel = "N", defaultValue = "100",
			description = "Requests per second in each connection mode.")
	private double rate;

	@Option(names = "--update-docs", description = "Put the table into the READMEs, too.")
	private boolean updateDocs;

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public Integer call() throws IOException {
		Stage stage = Stage.named(this.step);
		if (!Files.isRegularFile(stage.directory().resolve("src/lab/fault.sh"))) {
			throw new ParameterException(Objects.requireNonNull(this.spec).commandLine(),
					stage.name() + " has no faults to play: ./workshop faults step3, or step4");
		}
		int count = Faults.count(stage, this.only);
		if (count == 0) {
			throw new ParameterException(Objects.requireNonNull(this.spec).commandLine(), "no fault's line contains '"
					+ this.only + "'; one is: deploy cut off by KILL after 'drained', then rollback");
		}
		if (this.updateDocs) {
			for (Path readme : readmes(stage)) {
				GeneratedBlock.requirePlace(readme, "faults");
			}
		}
		Terminal terminal = Workshop.terminal(this.spec);
		long chosen = (this.seed != null) ? this.seed : System.nanoTime() % 100_000;
		terminal.progress("%d of %d faults, seed %d".formatted(Math.min(this.faults, count), count, chosen));
		FaultTable table;
		try (LittleServer server = LittleServer.of(stage).start()) {
			table = new Faults(stage, server, this.rate, terminal::result).play(this.faults, chosen, this.only);
		}
		TextTable text = new TextTable(table.headings(), table.rows());
		terminal.result("\n" + text.text() + "\n\n" + table.summary());
		if (this.updateDocs) {
			for (Path readme : readmes(stage)) {
				GeneratedBlock.fillWithTable(readme, "faults", text, table.summary());
			}
		}
		return table.isRight() ? Workshop.OK : Workshop.FAILED;
	}

	private static List<Path> readmes(Stage stage) {
		return List.of(stage.directory().resolve("README.md"), stage.directory().resolve("README.ko.md"));
	}

}
