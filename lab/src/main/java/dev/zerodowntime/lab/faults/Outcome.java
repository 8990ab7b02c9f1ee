package dev.zerodowntime.lab.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.zerodowntime.lab.Execution;

/**
 * What became of a fault.
 *
 * @param cell the fault
 * @param lost requests without a good answer, in both modes
 * @param sent requests in both modes
 * @param problems what was not as it has to be, a line each; empty if nothing
 */
record Outcome(Cell cell, long lost, long sent, List<String> problems) {

	Outcome {
		problems = List.copyOf(problems);
	}

	boolean isRight() {
		return this.problems.isEmpty();
	}

	/**
	 * Judges what a fault has left.
	 * @param cell the fault
	 * @param execution what {@code fault.sh} printed
	 * @param lost requests without a good answer
	 * @param sent all requests
	 */
	static Outcome judge(Cell cell, Execution execution, long lost, long sent) {
		List<String> problems = new ArrayList<>();
		if (!execution.succeeded()) {
			problems.add("fault.sh ended with exit status " + execution.exitCode());
		}
		String cut = said(execution, "cut").orElse("nothing");
		List<String> allowed = cell.point().mayBeLive(cell.cut());
		if (!allowed.contains(cut)) {
			problems.add("%s was live after the cut, not %s".formatted(cut, String.join(" or ", allowed)));
		}
		String expected = cell.next().leaves(cut);
		String end = said(execution, "end").orElse("nothing");
		if (!end.equals(expected)) {
			problems.add("%s is live in the end, not %s".formatted(end, expected));
		}
		// Where l1 is live already, there is nothing to roll back to
		boolean refused = cell.next() == Next.ROLLBACK && cut.equals(Release.BEFORE);
		String status = said(execution, "next").orElse("none");
		if (!status.equals(refused ? "1" : "0")) {
			problems.add(cell.next().word() + " ended with exit status " + status);
		}
		if (refused
				&& execution.lines().stream().noneMatch((line) -> line.startsWith("rollback.sh: there is nothing"))) {
			problems.add("rollback.sh did not say that there is nothing to roll back to");
		}
		boolean changes = cell.next() == Next.DEPLOY_SAME || cell.next() == Next.DEPLOY_OTHER
				|| cell.next() == Next.ROLLBACK && !refused;
		if (changes && said(execution, "containers").orElse("").split(" ").length != 3) {
			problems.add("more is up than nginx and one group: " + said(execution, "containers").orElse("nothing"));
		}
		if (lost > 0 && !cell.next().takesTheWay()) {
			problems.add("%d of %d requests were lost".formatted(lost, sent));
		}
		return new Outcome(cell, lost, sent, problems);
	}

	/** What {@code fault.sh} printed after {@code @NAME}. */
	private static Optional<String> said(Execution execution, String name) {
		return execution.lines()
			.stream()
			.filter((line) -> line.startsWith("@" + name + " "))
			.map((line) -> line.substring(name.length() + 2))
			.reduce((first, last) -> last);
	}

}
