package dev.zerodowntime.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import dev.zerodowntime.lab.cli.Workshop;
import dev.zerodowntime.probe.model.Report;
import dev.zerodowntime.probe.report.JsonReport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody opens the report of a run, as a file. */
class ReportIT extends InChromium {

	/** What the pointer is told over a red bar. */
	private static final Pattern LOSS = Pattern
		.compile("\\d+\\.\\d s: (\\d+) of \\d+ lost \\([a-z0-9_ -]+ \\d+.*\\), after: .+");

	@TempDir
	private static Path folder;

	@BeforeAll
	static void runStage1() {
		assertThat(Workshop.run("run", "step1", "--variants", "none", "--report", folder.toString())).isZero();
	}

	@Test
	void shouldTellOfEachLossOnOnePage() throws IOException {
		open("index.html");
		Report report = JsonReport.parse(Files.readString(folder.resolve("step1.json")));
		assertThat(report.totalDropped()).isPositive();
		assertThat(losses()).isEqualTo(report.totalDropped());
		assertThat(download("step1.json")).isEqualTo(Files.readString(folder.resolve("step1.json")));
		assertThat(this.page.<Long>run("return performance.getEntriesByType('resource').length"))
			.as("what it needs from elsewhere")
			.isZero();
		assertThat(this.page.barriers()).isEmpty();
		this.page.picture("report");
		assertThat(this.page.cutOffOnPaper()).isEmpty();
		this.page.print("report");
		assertThat(this.page.problems()).isEmpty();
	}

	@Test
	void shouldTellOfEachAnswerOnAnother() throws IOException {
		open("index.html");
		this.page.first("tbody a").click();
		Report report = JsonReport.parse(Files.readString(folder.resolve("step1.json")));
		this.page.await("verdict", "Lost %,d of".formatted(report.totalDropped()));

		WebElement timeline = this.page.first(".u-over");
		double middle = report.modes().values().iterator().next().outages().get(0).fromMs() + 50;
		this.page.pointAt(timeline, middle / report.durationMs());

		assertThat(this.page.first("output").getText()).matches("\\d+\\.\\d+ s: lost, [a-z0-9_ -]+, after: .+");
		assertThat(this.page.barriers()).isEmpty();
		this.page.picture("report-answers");
		assertThat(this.page.cutOffOnPaper()).isEmpty();
		this.page.print("report-answers");
		assertThat(this.page.problems()).isEmpty();
	}

	private long losses() {
		List<String> told = this.page.run("""
				return [...document.querySelectorAll('.drop title')].map((title) => title.textContent)""");
		return told.stream().mapToLong((text) -> {
			var loss = LOSS.matcher(text);
			assertThat(loss.matches()).as(text).isTrue();
			return Long.parseLong(loss.group(1));
		}).sum();
	}

	/** What the link of this name would save. */
	private String download(String name) {
		String address = this.page.first("a[download='" + name + "']").getDomAttribute("href");
		return new String(Base64.getDecoder().decode(Objects.requireNonNull(address).replaceFirst(".*base64,", "")));
	}

	private void open(String name) {
		this.page.open(folder.resolve(name).toUri().toString());
	}

}
