package dev.zerodowntime.step5;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Rehearsal;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.lab.UnderLoad;
import dev.zerodowntime.lab.junit.MeasuredTest;
import dev.zerodowntime.probe.ReportAssert;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A column is renamed: in three releases, each of which can be rolled back to the one
 * before; and in one, which loses requests.
 */
@Order(2)
class ReleasesIT {

	/** Rolls back while the release before is warm, and goes on to the end. */
	private static final String MIGRATE_AND_CONTRACT = """
			BAKE=60 ./deploy.sh v3 >deploy.log 2>&1 &
			timeout 120 sh -c 'until grep -q "stays warm" deploy.log; do sleep 0.5; done' || { cat deploy.log; exit 1; }
			./rollback.sh || exit
			wait
			./deploy.sh v3 && ./deploy.sh v4
			""";

	@MeasuredTest
	void shouldGoOnToTheContractWithAWayBackUntilThen() {
		DataServer data = DataServer.with("v2");
		UnderLoad underLoad = UnderLoad.run(data.server(), UnderLoad.DEFAULT_RATE, LittleServer.DEPLOY_LIMIT,
				(line) -> {
				}, "sh", "-c", MIGRATE_AND_CONTRACT);
		assertThat(underLoad.execution().exitCode()).as(underLoad.execution().output()).isZero();
		ReportAssert.assertThat(underLoad.report()).isTrusted().lostNothing();
		assertThat(data.sql("select count(*) from entries where author is null")).isEqualTo("0");

		Execution rollback = data.run("./rollback.sh", "v2");
		assertThat(rollback.exitCode()).isEqualTo(1);
		assertThat(rollback.lines()).containsExactly("rollback.sh: v2 cannot run any more, nothing was touched: "
				+ "needs the column entries.name, which v4 has dropped (no-way-back)");
	}

	@Test
	@Tag("long")
	void shouldRollBackFromTheExpandedSchema() {
		DataServer data = DataServer.with("v1");
		data.run("./deploy.sh", "v2").orThrow();
		UnderLoad underLoad = UnderLoad.run(data.server(), UnderLoad.DEFAULT_RATE, LittleServer.DEPLOY_LIMIT,
				(line) -> {
				}, "./rollback.sh");
		assertThat(underLoad.execution().exitCode()).as(underLoad.execution().output()).isZero();
		ReportAssert.assertThat(underLoad.report()).lostNothing();
	}

	@Test
	@Tag("long")
	void shouldLoseRequestsWhenItIsRenamedAtOnce() {
		Stage stage = Stage.named("step5");
		ReportAssert
			.assertThat(new Rehearsal(DataServer.asNew().server()).variant(stage.variant("rename-at-once"))
				.run("v1", "v2")
				.report())
			.lostSomethingInEveryMode();
	}

}
