package dev.zerodowntime.probe.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.zerodowntime.probe.Reports;
import dev.zerodowntime.probe.model.Event;
import dev.zerodowntime.probe.model.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class MarkdownReportTest {

	@Test
	void shouldTellHowMuchWasLostHowAndWhen() {
		assertThat(MarkdownReport.render(Samples.outage().report()).lines())
			.startsWith("**790 of 3000 requests lost**", "")
			.anyMatch((line) -> line.matches(
					"\\| fresh \\| 1500 \\| 395 \\(.*refused \\d+.*\\) \\| \\d.\\d+ s \\| .* ms \\| .* ms \\| v1 \\d+, v2 \\d+ \\|"))
			.contains("| 5.01 | v1 stopped |");
	}

	@Test
	void shouldSayThatThereIsNoVerdict() {
		Report good = Samples.nothingLost().report();
		assertThat(MarkdownReport.render(good)).startsWith("**0 of ");
		Report untrusted = Reports.report(good.url(), good.ratePerS(), good.startedAt(), good.durationMs(), false,
				List.of("too busy"), good.warmup(), good.modes(), good.events(), null, Map.of());
		assertThat(MarkdownReport.render(untrusted)).startsWith("**No verdict: too busy**\n");
		assertThat(MarkdownReport.render(Samples.untrusted().report()).lines()).startsWith(
				"**No verdict: 12% of the requests were sent more than 10 ms late**", "",
				"This machine: the probe's threads waited 4.12 s for a CPU; the hypervisor kept its CPUs waiting for "
						+ "0.35 s (added up, in a run of 10.00 s).",
				"");
	}

	@Test
	void shouldTakeForeignTextForText() {
		Report good = Samples.nothingLost().report();
		Report hostile = Reports.report(good.url(), good.ratePerS(), good.startedAt(), good.durationMs(), true,
				List.of(), good.warmup(), Map.of(),
				List.of(new Event(1000, "a | b `c` <img src=x> [d](e) **f**\u001b[31m\ng")), null, Map.of());
		assertThat(MarkdownReport.render(hostile).lines().toList()).last()
			.asString()
			.startsWith("| 1.00 | a \\| b \\`c\\` &lt;img src=x&gt; \\[d\\]\\(e\\) \\*\\*f\\*\\*")
			.doesNotContain("\u001b")
			.endsWith("g |");
	}

	@Test
	void shouldWriteAFile(@TempDir Path folder) throws IOException {
		Path file = folder.resolve("new/summary.md");
		MarkdownReport.write(Samples.nothingLost().report(), file);
		assertThat(file).content().startsWith("**0 of ").endsWith("|\n");
	}

}
