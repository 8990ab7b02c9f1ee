package dev.zerodowntime.lab.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class WorkshopTest {

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	@ParameterizedTest
	@CsvSource(textBlock = """
			run --rate 0,      2, --rate must be above 0
			run --rate x,      2, --rate
			run --deploys 0,   2, --deploys must be from 1 to 1000
			run step99,        1, unknown stage 'step99'
			run --variants x,  2, --variants needs a STEP
			run step1 --variants x, 1, step1 has no variant 'x': there is none
			up,                2, STEP
			up step99,         1, unknown stage 'step99'
			run --guess 300,   2, --guess needs a STEP
			run step1 --guess -1, 2, --guess needs a STEP
			watch,             2, STEP
			watch step99,      1, unknown stage 'step99'
			watch step1 --rate 0, 2, --rate must be above 0
			watch step1 --port 70000, 2, --port must be from 0 to 65535
			watch step1 --json /proc/none/x.json, 1, /proc/none
			board --port -1,   2, --port must be from 0 to 65535
			dance,             2, dance
			""")
	void shouldAnswerWrongInputInOneLine(String line, int exit, String named) {
		assertEquals(exit, execute(line.split(" ")));
		String problem = this.err.toString().strip();
		String last = problem.substring(problem.lastIndexOf('\n') + 1);
		assertTrue(last.startsWith("workshop: ") && last.contains(named), problem);
		assertEquals("", this.out.toString());
	}

	@Test
	void shouldCompareAGuess() {
		assertEquals("You guessed 300 lost requests, it was 583: 283 too few.", RunCommand.compare(300, 583));
		assertEquals("You guessed 600 lost requests, it was 583: 17 too many.", RunCommand.compare(600, 583));
		assertEquals("You guessed 0 lost requests, it was 0: exactly.", RunCommand.compare(0, 0));
	}

	@Test
	void shouldExplainItself() {
		assertEquals(0, execute("run", "--help"));
		assertTrue(this.out.toString().contains("--rate"));
	}

	private int execute(String... arguments) {
		CommandLine command = Workshop.commandLine();
		command.setOut(new PrintWriter(this.out, true));
		command.setErr(new PrintWriter(this.err, true));
		return command.execute(arguments);
	}

}
