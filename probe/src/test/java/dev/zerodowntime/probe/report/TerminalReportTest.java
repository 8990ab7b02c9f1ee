package dev.zerodowntime.probe.report;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.Reports;
import dev.zerodowntime.probe.model.Machine;
import dev.zerodowntime.probe.model.Report;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TerminalReportTest {

	private final TerminalReport plain = TerminalReport.plain();

	private final TerminalReport pretty = new TerminalReport(false, StandardCharsets.UTF_8, 80);

	private final TerminalReport coloured = new TerminalReport(true, StandardCharsets.UTF_8, 80);

	@Test
	void tellsAnOutageAtAGlance() {
		assertThat(this.pretty.summary(Samples.outage().report())).isEqualTo("""
				connections    sent      ok    lost  outage                     p50    p99  max ms
				fresh          1500    1105     395  5.01–8.97 s (3.96 s)       1.5   17.3    23.0
				             lost      357 refused, 34 closed, 4 reset
				             answered  v1 502, v2 603
				keep-alive     1500    1105     395  5.01–8.97 s (3.96 s)       1.1   16.8    22.6
				             lost      357 refused, 34 closed, 4 reset
				             answered  v1 502, v2 603

				Lost 395 of 1500 on fresh, 395 of 1500 on keep-alive connections. Down for 3.96 s.""");
	}

	@Test
	void drawsAnOutageInItsPlace() {
		assertThat(this.pretty.timeline(Samples.outage())).isEqualTo("""
				fresh        ──────────────────────▄████████████████▄═══════════════════════════
				keep-alive   ──────────────────────▄████████████████▄═══════════════════════════
				             0       2        4        6        8        10       12       14 s
				events                             abc               d
				             ─ v1   ═ v2   ▄ some lost   █ all lost
				             a    5.00 s  deploy v2
				             b    5.01 s  v1 stopped
				             c    5.32 s  v2 started
				             d    8.97 s  v2 answers""");
	}

	@Test
	void drawsInAsciiWhereTheTerminalKnowsNothingElse() {
		String timeline = this.plain.timeline(Samples.outage());
		assertThat(timeline).startsWith("fresh        ----------------------xXXXXXXXXXXXXXXXXx=====");
		assertThat(timeline + this.plain.summary(Samples.outage().report())).isASCII();
	}

	@Test
	void showsWhereTwoVersionsAnswered() {
		assertThat(this.plain.timeline(Samples.nothingLost())).contains("---~~~")
			.contains("~~~===")
			.doesNotContain("lost");
		assertThat(this.plain.summary(Samples.nothingLost().report()))
			.contains("v1 581, v2 419; both during 5.29-6.16 s")
			.endsWith("Nothing was lost: all 2000 requests were answered.");
	}

	@Test
	void drawsNoGapsWhereNothingWasDue() {
		Measurement slow = Samples.large(10);
		assertThat(this.plain.timeline(slow).lines().limit(2)).noneMatch((line) -> line.substring(13).contains(" "));
	}

	@Test
	void listsSeveralOutages() {
		assertThat(this.plain.summary(Samples.scattered().report())).contains("2 cut-off, 2 http-502, 2 timeout")
			.contains("6, total 0.06 s")
			.contains("longest 0.01 s; 1.00-1.01, 2.66-2.67, 4.33-4.34 s and 3 more")
			.endsWith("Lost 6 of 2000 on keep-alive connections. Down for 0.06 s.");
	}

	@Test
	void givesNoVerdictOnARunThatCannotBeTrusted() {
		assertThat(this.plain.summary(Samples.untrusted().report())).endsWith("""

				This machine: the probe's threads waited 4.12 s for a CPU; the hypervisor kept its CPUs waiting \
				for 0.35 s (added up, in a run of 10.00 s).

				No verdict, this run cannot be trusted: 12% of the requests were sent more than 10 ms late.""");
		assertThat(this.plain.summary(untrustedOn(new Machine(50L, null))))
			.contains("waited 0.05 s for a CPU (added up")
			.doesNotContain("hypervisor");
		assertThat(this.plain.summary(untrustedOn(new Machine(null, null)))).doesNotContain("This machine");
		assertThat(this.plain.summary(untrustedOn(null))).doesNotContain("This machine");
	}

	@Test
	void saysNothingOfTheMachineWhereTheRunIsTrusted() {
		Report trusted = Samples.scattered().report();
		assertThat(this.plain.summary(Reports.report(trusted.url(), trusted.ratePerS(), trusted.startedAt(),
				trusted.durationMs(), true, List.of(), trusted.warmup(), trusted.modes(), trusted.events(), null,
				trusted.labels(), new Machine(4120L, 350L), null, null, null, null, null)))
			.doesNotContain("This machine")
			.contains("Lost 6 of 2000");
	}

	@Test
	void tellsThatTheCommandFailed() {
		assertThat(this.plain.verdict(Samples.hostile().report())).endsWith("The command failed with exit code 1.");
	}

	@Test
	void coloursWithoutChangingTheWords() {
		String summary = this.coloured.summary(Samples.outage().report());
		assertThat(summary).contains("\u001b[31m");
		assertThat(withoutColours(summary)).isEqualTo(this.pretty.summary(Samples.outage().report()));
		assertThat(withoutColours(this.coloured.timeline(Samples.outage())))
			.isEqualTo(this.pretty.timeline(Samples.outage()));
	}

	@Test
	void letsNoTextFromOutsideReachTheTerminalRaw() {
		assertThat(Pen.tame("\u001b[2Jgone\r\n")).isEqualTo("[2Jgone");
		Measurement hostile = Samples.hostile();
		for (TerminalReport report : List.of(this.plain, this.pretty)) {
			assertThat(report.timeline(hostile) + report.summary(hostile.report())).contains("[2J")
				.doesNotContainPattern("[\\p{Cc}\u2028&&[^\n]]")
				.doesNotContain("\u001b", "\u009b");
			assertThat(report.timeline(hostile).lines()).allMatch((line) -> line.length() < 110);
		}
	}

	@Test
	void fitsTheWidthItIsGiven() {
		for (int width : new int[] { 50, 72, 120 }) {
			TerminalReport report = new TerminalReport(false, StandardCharsets.UTF_8, width);
			assertThat(report.timeline(Samples.outage()).lines().limit(2)).allMatch((line) -> line.length() == width);
		}
	}

	@Test
	void tellsInOneLineHowFarItIs() {
		assertThat(this.plain.live(new LiveStatus(Duration.ofMillis(12_345), "command", 2469, 396)))
			.isEqualTo("  12.3 s  command   2469 sent  396 lost");
		assertThat(this.plain.live(new LiveStatus(Duration.ZERO, "warm-up", 0, 0)))
			.isEqualTo("   0.0 s  warm-up   0 sent  0 lost");
	}

	private static Report untrustedOn(@Nullable Machine machine) {
		Report report = Samples.untrusted().report();
		return Reports.report(report.url(), report.ratePerS(), report.startedAt(), report.durationMs(), false,
				report.problems(), report.warmup(), report.modes(), report.events(), report.command(), report.labels(),
				machine, null, null, null, null, null);
	}

	private static String withoutColours(String text) {
		return text.replaceAll("\u001b\\[[0-9;]*m", "");
	}

}
