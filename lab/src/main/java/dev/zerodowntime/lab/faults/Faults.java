package dev.zerodowntime.lab.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.lab.UnderLoad;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.report.TerminalReport;

/**
 * Plays faults on a little server of stage 3 or 4, one after the other, while the probe
 * sends requests.
 */
public final class Faults {

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private static final int TRIES = 3;

	private final LittleServer server;

	private final Stage stage;

	private final double rate;

	private final Consumer<String> progress;

	/**
	 * Prepares a server: the little release l1 is live on it afterwards.
	 * @param stage the server's: one whose folder has {@code src/lab/fault.sh}
	 * @param server with nothing live
	 * @param rate requests per second in each connection mode
	 * @param progress gets a line for each fault
	 */
	public Faults(Stage stage, LittleServer server, double rate, Consumer<String> progress) {
		this.stage = stage;
		this.server = server;
		this.rate = rate;
		this.progress = progress;
		server.exec("./fault.sh", "prepare").orThrow();
	}

	/**
	 * Plays some of all faults, or all of them.
	 * @param count how many; each at most once
	 * @param seed chooses them and their order: the same seed, the same faults
	 * @return a table of what became of them
	 */
	public FaultTable play(int count, long seed) {
		return play(count, seed, "");
	}

	/**
	 * Plays some of those faults whose description contains a text, or all of them.
	 * @param count how many; each at most once
	 * @param seed chooses them and their order: the same seed, the same faults
	 * @param text such as {@code cut off by KILL after 'drained'}; empty for all faults
	 * @return a table of what became of them
	 */
	public FaultTable play(int count, long seed, String text) {
		List<Cell> chosen = all(this.stage, text);
		Collections.shuffle(chosen, new Random(seed));
		List<Outcome> outcomes = new ArrayList<>();
		for (Cell cell : chosen.subList(0, Math.min(count, chosen.size()))) {
			Outcome outcome = play(cell);
			outcomes.add(outcome);
			this.progress.accept("%d: %s: %s".formatted(outcomes.size(), cell,
					outcome.isRight() ? outcome.lost() + " of " + outcome.sent() + " lost, right"
							: "WRONG: " + String.join("; ", outcome.problems())));
		}
		return new FaultTable(this.stage, outcomes, seed);
	}

	/**
	 * How many there are.
	 * @param stage whose
	 * @param text that their description contains; empty for all
	 * @return the number of these faults
	 */
	public static int count(Stage stage, String text) {
		return all(stage, text).size();
	}

	private static List<Cell> all(Stage stage, String text) {
		List<Cell> cells = new ArrayList<>();
		for (Point point : Point.of(stage)) {
			for (Cut cut : Cut.values()) {
				for (Next next : Next.values()) {
					cells.add(new Cell(point, cut, next));
				}
			}
		}
		cells.removeIf((cell) -> !cell.toString().contains(text));
		return cells;
	}

	/** A run that lost nothing and cannot be trusted is played again. */
	private Outcome play(Cell cell) {
		for (int tried = 1;; tried++) {
			List<String> said = new ArrayList<>();
			UnderLoad underLoad = UnderLoad.run(this.server, this.rate, LIMIT, said::add, "./fault.sh",
					cell.point().command(), cell.point().line(), cell.cut().word(), cell.next().word());
			Execution execution = (cell.next() != Next.REBOOT) ? underLoad.execution()
					: reboot(underLoad.execution(), said::add);
			boolean missed = execution.lines().stream().anyMatch((line) -> line.startsWith("@missed"));
			long lost = underLoad.report().totalDropped();
			if (!missed && (underLoad.report().trusted() || lost > 0)) {
				long sent = underLoad.report().modes().values().stream().mapToLong(ModeReport::sent).sum();
				Outcome outcome = Outcome.judge(cell, execution, lost, sent);
				if (!outcome.isRight()) {
					said.forEach((line) -> this.progress.accept("    " + line));
					show(underLoad);
				}
				return outcome;
			}
			if (tried == TRIES) {
				// No verdict is not a good one, and the others are played all the same
				return new Outcome(cell, 0, 0, List.of("no verdict in %d tries: %s".formatted(TRIES,
						missed ? "it never got there" : String.join("; ", underLoad.report().problems()))));
			}
		}
	}

	/** What was lost, when and how: without that, nobody finds out why. */
	private void show(UnderLoad underLoad) {
		TerminalReport terminal = TerminalReport.plain();
		Stream.of(terminal.timeline(underLoad.measurement()), terminal.summary(underLoad.report()))
			.flatMap(String::lines)
			.forEach((line) -> this.progress.accept("    " + line));
	}

	/** What takes the probe's way as well is done when it has ended. */
	private Execution reboot(Execution cut, Consumer<String> lines) {
		this.server.reboot();
		Execution look = this.server.exec(LIMIT, lines, "./fault.sh", "look");
		List<String> all = Stream.concat(cut.lines().stream(), look.lines().stream()).toList();
		return new Execution(cut.command(), Math.max(cut.exitCode(), look.exitCode()), all);
	}

}
