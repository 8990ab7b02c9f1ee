package dev.zerodowntime.lab.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.zerodowntime.lab.Stage;

/**
 * What became of faults: a row for each point, a column for each next command.
 *
 * @param stage whose faults they are
 * @param outcomes of each fault
 * @param seed what chose them
 */
public record FaultTable(Stage stage, List<Outcome> outcomes, long seed) {

	/**
	 * Whether all was as it has to be.
	 * @return false if a wrong release was live, a request was lost, or a message was
	 * missing
	 */
	public boolean isRight() {
		return this.outcomes.stream().allMatch(Outcome::isRight);
	}

	/**
	 * The columns' heads.
	 * @return what was cut off where, then the next commands
	 */
	public List<String> headings() {
		return Stream.concat(Stream.of("cut off after"), Stream.of(Next.values()).map(Next::word)).toList();
	}

	/**
	 * How many of how many were right, and what was lost where the way itself was taken.
	 * @return a row for each point
	 */
	public List<List<String>> rows() {
		List<List<String>> rows = new ArrayList<>();
		for (Point point : Point.of(this.stage)) {
			List<String> row = new ArrayList<>(List.of(point.command() + ": " + point.meaning()));
			for (Next next : Next.values()) {
				row.add(cell(this.outcomes.stream()
					.filter((outcome) -> outcome.cell().point() == point && outcome.cell().next() == next)
					.toList()));
			}
			rows.add(row);
		}
		return rows;
	}

	/**
	 * All in one line.
	 * @return faults, requests, losses and the seed
	 */
	public String summary() {
		long lost = this.outcomes.stream()
			.filter((each) -> !each.cell().next().takesTheWay())
			.mapToLong(Outcome::lost)
			.sum();
		long sent = this.outcomes.stream().mapToLong(Outcome::sent).sum();
		return "%d of %d faults: right release, right exit status, true message; %d of %d requests lost where the fault did not take the only way itself (seed %d)"
			.formatted(this.outcomes.stream().filter(Outcome::isRight).count(), this.outcomes.size(), lost, sent,
					this.seed);
	}

	private static String cell(List<Outcome> outcomes) {
		if (outcomes.isEmpty()) {
			return "-";
		}
		String text = outcomes.stream().filter(Outcome::isRight).count() + " of " + outcomes.size();
		long lost = outcomes.stream().mapToLong(Outcome::lost).max().orElse(0);
		return (lost > 0) ? text + ", lost at most " + lost : text;
	}

}
