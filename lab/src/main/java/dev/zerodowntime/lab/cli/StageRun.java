package dev.zerodowntime.lab.cli;

import java.util.ArrayList;
import java.util.List;

import dev.zerodowntime.lab.Rehearsed;

/**
 * All that a run found out about one stage.
 *
 * @param asIs the stage's rehearsal
 * @param deploys how often it shipped
 * @param variants those with a change to its scripts
 * @param figures the output of the stage's {@code figures.sh}, empty if it was not asked
 */
record StageRun(Rehearsed asIs, int deploys, List<Rehearsed> variants, List<String> figures) {

	List<Rehearsed> rehearsals() {
		List<Rehearsed> rehearsals = new ArrayList<>(List.of(this.asIs));
		rehearsals.addAll(this.variants);
		return rehearsals;
	}

	TextTable variantTable() {
		return ResultTable.ofVariants(this.asIs, this.variants);
	}

	static TextTable table(List<StageRun> all) {
		return ResultTable.ofStages(all.stream().map(StageRun::asIs).toList());
	}

}
