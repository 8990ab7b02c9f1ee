package dev.zerodowntime.lab.faults;

import java.util.List;

import dev.zerodowntime.lab.Execution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is right after a fault, and what is not. */
class OutcomeTest {

	/** Live after the cut, in the end, and what the next command exited with. */
	@ParameterizedTest
	@CsvSource({ "READY, KILL, NOTHING, l1, l1, 0", "WARM, KILL, NOTHING, l1, l1, 0", "WARM, KILL, NOTHING, l2, l2, 0",
			"SWITCHED, TERM, DEPLOY_OTHER, l2, l3, 0", "SWITCHED, TERM, ROLLBACK, l2, l1, 0",
			"BOOT, PIPE, ROLLBACK, l2, l1, 0", "ROLLED_BACK, KILL, DEPLOY_SAME, l1, l2, 0",
			"BAKE, KILL_ALL, REBOOT, l2, l2, 0", "GATE_BOOT, KILL, NOTHING, l2, l2, 0",
			"GATE_BOOT, KILL_ALL, NOTHING, l1, l1, 0", "GATE_SWITCHED, TERM, NOTHING, l1, l1, 0",
			"GATE_SWITCHED, KILL_ALL, ROLLBACK, l2, l1, 0" })
	void shouldBeRight(Point point, Cut cut, Next next, String live, String end, int status) {
		Outcome outcome = judge(new Cell(point, cut, next), live, end, status, 0);
		assertTrue(outcome.isRight(), () -> outcome.problems().toString());
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			READY, KILL, NOTHING, l2, l2, 0, 0, 'l2 was live after the cut, not l1'
			SWITCHED, TERM, NOTHING, l1, l1, 0, 0, 'l1 was live after the cut, not l2'
			SWITCHED, TERM, DEPLOY_OTHER, l2, l2, 0, 0, 'l2 is live in the end, not l3'
			SWITCHED, TERM, REBOOT, l2, l1, 0, 0, 'l1 is live in the end, not l2'
			SWITCHED, TERM, RELOAD, l2, l2, 1, 0, 'reload ended with exit status 1'
			SWITCHED, TERM, RELOAD, l2, l2, 0, 3, '3 of 100 requests were lost'
			GATE_SWITCHED, TERM, NOTHING, l2, l2, 0, 0, 'l2 was live after the cut, not l1'
			""")
	void shouldSayWhatIsWrong(Point point, Cut cut, Next next, String live, String end, int status, long lost,
			String problem) {
		assertEquals(List.of(problem), judge(new Cell(point, cut, next), live, end, status, lost).problems());
	}

	@Test
	void shouldInsistOnTheMessageWhereThereIsNothingToRollBackTo() {
		Outcome silent = judge(new Cell(Point.BOOT, Cut.KILL, Next.ROLLBACK), "l1", "l1", 1, 0);
		assertEquals(List.of("rollback.sh did not say that there is nothing to roll back to"), silent.problems());
	}

	/** A restart of nginx is the fault itself. */
	@Test
	void shouldCountWhatARestartOfNginxLoses() {
		Outcome restarted = judge(new Cell(Point.BOOT, Cut.KILL, Next.RESTART), "l1", "l1", 0, 50);
		assertTrue(restarted.isRight(), () -> restarted.problems().toString());
		assertEquals(50, restarted.lost());
	}

	private static Outcome judge(Cell cell, String live, String end, int status, long lost) {
		Execution execution = new Execution(List.of("./fault.sh"), 0,
				List.of("@cut " + live, "@next " + status, "@end " + end, "@containers blue-1 blue-2 nginx"));
		return Outcome.judge(cell, execution, lost, 100);
	}

}
