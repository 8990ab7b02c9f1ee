package dev.zerodowntime.step5;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Rehearsal;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.lab.UnderLoad;
import dev.zerodowntime.lab.junit.MeasuredTest;
import dev.zerodowntime.probe.ReportAssert;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A column is renamed: in three releases, each of which can be rolled back to the one
 * before; and in one, which loses requests.
 */
class ReleasesIT {

	private static final String IN_A_HURRY = "WARMUP_ROUNDS=20 BAKE=0";

	/** Entries are written all the time; the releases before are warm when it goes back. */
	private static final String EXPAND_AND_BACK = """
			BAKE=60 ./deploy.sh v2 >deploy.log 2>&1 &
			timeout 120 sh -c 'until grep -q "stays warm" deploy.log; do sleep 0.5; done' || { cat deploy.log; exit 1; }
			./rollback.sh || exit
			wait
			""";

	@MeasuredTest
	void shouldRenameInThreeReleasesWithAWayBack() {
		DataServer server = DataServer.asNew();
		server.set(IN_A_HURRY);
		server.run("./deploy.sh", "v1").orThrow();
		deploysUnderLoad(server, EXPAND_AND_BACK + "./deploy.sh v2 && ./deploy.sh v3 && ./deploy.sh v4");
		assertThat(server.sql("select count(*) from entries where author is null")).isEqualTo("0");

		Execution rollback = server.run("./rollback.sh", "v2");
		assertThat(rollback.exitCode()).isEqualTo(1);
		assertThat(rollback.lines()).containsExactly("rollback.sh: v2 cannot run any more, nothing was touched: "
				+ "needs the column entries.name, which v4 has dropped (no-way-back)");
	}

	@Test
	@Tag("long")
	void shouldLoseRequestsWhenItIsRenamedAtOnce() {
		Stage stage = Stage.named("step5");
		ReportAssert.assertThat(new Rehearsal(DataServer.asNew().server()).variant(stage.variant("rename-at-once"))
			.run("v1", "v2")
			.report()).lostSomethingInEveryMode();
	}

	private static void deploysUnderLoad(DataServer server, String script) {
		UnderLoad underLoad = UnderLoad.run(server.server(), UnderLoad.DEFAULT_RATE, LittleServer.DEPLOY_LIMIT,
				(line) -> {
				}, "sh", "-c", script);
		assertThat(underLoad.execution().exitCode()).as(underLoad.execution().output()).isZero();
		ReportAssert.assertThat(underLoad.report()).isTrusted().lostNothing();
	}

}
