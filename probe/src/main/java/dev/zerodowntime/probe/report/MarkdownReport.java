package dev.zerodowntime.probe.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.Event;
import dev.zerodowntime.probe.model.Latency;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.model.Report;
import org.jspecify.annotations.Nullable;

/**
 * The report as GitHub-flavoured Markdown, for the summary of a CI job. Whatever a deploy
 * script has printed stays text in it.
 */
public final class MarkdownReport {

	private static final String SPECIAL = "\\`*_{}[]()#!|~";

	private final Report report;

	private MarkdownReport(Report report) {
		this.report = report;
	}

	/**
	 * Renders a report.
	 * @param report the verdict
	 * @return Markdown, ending with a newline
	 */
	public static String render(Report report) {
		return new MarkdownReport(report).render();
	}

	/**
	 * Writes a report, replacing an older one at once. Missing directories are made.
	 * @param report the verdict
	 * @param path where to write it
	 * @throws IOException if it cannot be written
	 */
	public static void write(Report report, Path path) throws IOException {
		ReportFile.write(path, render(report));
	}

	private String render() {
		List<String> lines = new ArrayList<>(List.of("**" + headline() + "**", ""));
		if (!this.report.trusted()) {
			Summary.machine(this.report)
				.ifPresent((machine) -> lines.addAll(List.of("This machine: " + machine + ".", "")));
		}
		Summary.judged(this.report).ifPresent((judged) -> lines.addAll(List.of(text(judged), "")));
		Summary.requests(this.report).ifPresent((requests) -> lines.addAll(List.of(text(requests), "")));
		lines.addAll(List.of("| connections | sent | lost | outage | p99 before | p99 during | answered |",
				"| --- | ---: | ---: | ---: | ---: | ---: | --- |"));
		this.report.modes().forEach((mode, found) -> lines.add(row(mode, found)));
		this.report.modes().forEach((mode, found) -> {
			if (!found.blind().isEmpty()) {
				lines.addAll(List.of("", blind(mode, found)));
			}
		});
		if (!this.report.events().isEmpty()) {
			lines.addAll(List.of("", "| s | event |", "| ---: | --- |"));
			this.report.events().forEach((event) -> lines.add(row(event)));
		}
		return String.join("\n", lines) + "\n";
	}

	private String headline() {
		if (!this.report.trusted()) {
			return "No verdict: " + text(String.join("; ", this.report.problems()));
		}
		long sent = this.report.modes().values().stream().mapToLong(ModeReport::sent).sum();
		return this.report.totalDropped() + " of " + sent + " requests lost";
	}

	private static String row(ConnectionMode mode, ModeReport found) {
		String kinds = found.dropsByKind().isEmpty() ? "" : " (" + counts(found.dropsByKind()) + ")";
		Latency during = (found.commandLatencyMs() != null) ? found.commandLatencyMs() : found.latencyMs();
		return "| %s | %d | %d%s | %s s | %s | %s | %s |".formatted(mode.label(), found.sent(), found.dropped(), kinds,
				Pen.seconds(found.downtimeMs()), p99(found.baselineLatencyMs()), p99(during), counts(found.versions()));
	}

	private static String blind(ConnectionMode mode, ModeReport found) {
		return "The probe sent nothing (%s): %s s.".formatted(mode.label(),
				found.blind()
					.stream()
					.map((span) -> Pen.seconds(span.fromMs()) + "-" + Pen.seconds(span.toMs()))
					.collect(Collectors.joining(", ")));
	}

	private static String row(Event event) {
		return "| %s | %s |".formatted(Pen.seconds(event.atMs()), text(event.name()));
	}

	private static String p99(@Nullable Latency latency) {
		return (latency != null) ? String.format(Locale.ROOT, "%.1f ms", latency.p99()) : "-";
	}

	private static String counts(Map<String, Long> counts) {
		return counts.entrySet()
			.stream()
			.map((count) -> text(count.getKey()) + " " + count.getValue())
			.collect(Collectors.joining(", "));
	}

	/** Neither Markdown nor HTML, whatever it looks like. */
	private static String text(String foreign) {
		StringBuilder text = new StringBuilder();
		Pen.tame(foreign).chars().forEach((letter) -> {
			switch (letter) {
				case '<' -> text.append("&lt;");
				case '>' -> text.append("&gt;");
				case '&' -> text.append("&amp;");
				default -> {
					if (SPECIAL.indexOf(letter) >= 0) {
						text.append('\\');
					}
					text.append((char) letter);
				}
			}
		});
		return text.toString();
	}

}
