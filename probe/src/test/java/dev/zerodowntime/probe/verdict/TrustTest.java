package dev.zerodowntime.probe.verdict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.DropKind;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.model.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** When there is no verdict, and why. */
class TrustTest {

	/**
	 * A request every 50 ms: "." was sent when it was due, "_" was never sent, "&gt;" was
	 * sent together with the next one that was sent in time, "x" was refused, "!" could
	 * not be sent. The measured action is what stands between the brackets. From the
	 * brace on limits judge.
	 */
	@ParameterizedTest(name = "{0} {1}")
	@CsvSource(delimiter = '|',
			textBlock = """
					all in time                            | ..[......................].. |
					the service is down                    | ..[..xxxxxxxxxxxxxxxxxx..].. |
					blind for 250 ms                       | ..[.....>>>>.............].. |
					blind for 300 ms                       | ..[.....>>>>>............].. | nothing for 0.30 s, from 0.30 to 0.60 s (fresh)
					blind while the service is down        | ..[..x>>>>>>>xx..........].. | nothing for 0.40 s
					blind from before the action           | ..>>>>[>>>.............].... | nothing for 0.40 s
					blind up to the end of the action      | .....[....>>>>>].........    | nothing for 0.30 s
					blind before the action                | .>>>>>>...[............].... |
					blind after the service was steady     | .....[......]...>>>>>>...... |
					blind before what limits judge         | ..[..>>>>>>......{.......].. |
					blind when limits begin to judge       | ..[..........>>>>>>>{>>..].. | nothing for 0.50 s
					blind twice                            | ..[.>>>>>...>>>>>>>......].. | nothing for 0.40 s, from 0.50 to 0.90 s, the longest of 2 stretches
					the sender ended                       | ..[............________]__   | 10 of 24 requests that were due were not sent (fresh)
					a request was not sent                 | ..[.........._...........].. | 1 of 26 requests that were due were not sent (fresh)
					no port was left                       | ..[..!...................].. | 1 requests could not be sent (fresh)
					nothing ever answered                  | xx[xxxxxxxxxxxxxx].......... | -
					nothing answered at all                | xx[xxxxxxxxxxxxxxxxxxxxxx]xx | nothing answered (fresh): 26 refused
					nothing was sent                       | __[______________________]__ | no request was sent (fresh)
					""")
	void aRunHasNoVerdictIf(String what, String run, String problem) {
		List<String> problems = problems(run, 50);
		if (problem == null || problem.equals("-")) {
			assertThat(problems).isEmpty();
		}
		else {
			assertThat(problems).anyMatch((each) -> each.contains(problem));
		}
	}

	@Test
	void atALowRateThreeSlotsMayPass() {
		assertThat(problems(".....>>....", 1000)).isEmpty();
		assertThat(problems(".....>>>....", 1000)).anyMatch((each) -> each.contains("nothing for 4.00 s"));
	}

	@Test
	void withoutAnActionTheWholeRunMatters() {
		assertThat(problems(">>>>>>>>.....", 50)).anyMatch((each) -> each.contains("from 0.00 to 0.40 s"));
	}

	/** P1: less than one request in a hundred was late, but an outage was not seen. */
	@Test
	void aLongRunIsNoExcuse() {
		String run = ".".repeat(3000) + ">".repeat(27) + ".".repeat(200);
		assertThat(problems(run, 50)).anyMatch((each) -> each.contains("nothing for 1.40 s"));
	}

	private static List<String> problems(String run, long slotMs) {
		String slots = slots(run.strip());
		Span action = run.contains("[") ? new Span(slotsBefore('[', run) * slotMs, slotsBefore(']', run) * slotMs)
				: null;
		List<Answer> answers = new ArrayList<>();
		for (int i = 0; i < slots.length(); i++) {
			char slot = slots.charAt(i);
			if (slot != '_') {
				int sent = i;
				while (slot == '>' && sent < slots.length() - 1 && slots.charAt(sent) == '>') {
					sent++;
				}
				answers.add(answer(i, i * slotMs, sent * slotMs,
						(slot == 'x') ? DropKind.REFUSED : (slot == '!') ? DropKind.NOT_SENT : null));
			}
		}
		Scope scope = new Scope(slots.length() * slotMs, action,
				run.contains("{") ? slotsBefore('{', run) * slotMs : 0);
		Verdict verdict = new Verdict(Scope.blindLimitMs(Duration.ofMillis(250), 1000.0 / slotMs),
				TimeUnit.SECONDS.toNanos(20));
		Collections.shuffle(answers, new Random(7));
		answers.forEach(verdict::add);
		ModeReport report = verdict.report(scope.durationMs(), slots.length(), Map.of());
		return Trust.problems(Map.of(ConnectionMode.FRESH, report), scope);
	}

	private static String slots(String run) {
		return run.replaceAll("[\\[\\]{]", "");
	}

	private static int slotsBefore(char mark, String run) {
		return slots(run.strip().substring(0, run.strip().indexOf(mark))).length();
	}

	private static Answer answer(int slot, long dueMs, long sentMs, DropKind drop) {
		long sent = TimeUnit.MILLISECONDS.toNanos(sentMs);
		return new Answer(ConnectionMode.FRESH, slot, TimeUnit.MILLISECONDS.toNanos(dueMs), sent, sent + 1000, drop,
				null);
	}

}
