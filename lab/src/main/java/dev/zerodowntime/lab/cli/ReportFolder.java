package dev.zerodowntime.lab.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

import dev.zerodowntime.lab.Rehearsed;
import dev.zerodowntime.probe.report.HtmlReport;
import dev.zerodowntime.probe.report.JsonReport;

/** The folder of the report: a page and a JSON file for each rehearsal, and an index. */
final class ReportFolder {

	static final String INDEX = "index.html";

	private ReportFolder() {
	}

	static Path write(List<StageRun> all, Path folder) throws IOException {
		for (StageRun run : all) {
			for (Rehearsed each : run.rehearsals()) {
				JsonReport.write(each.report(), folder.resolve(each.name() + ".json"));
				HtmlReport.write(each.measurement(), folder.resolve(each.name() + ".html"));
			}
		}
		String template = new String(ReportFolder.class.getResourceAsStream(INDEX).readAllBytes(),
				StandardCharsets.UTF_8);
		Path index = folder.resolve(INDEX);
		List<Rehearsed> stages = all.stream().map(StageRun::asIs).toList();
		Files.writeString(index,
				template.replace("<!--STAGES-->", table(StageRun.table(all), stages))
					.replace("<!--STRIPS-->", strips(stages))
					.replace("<!--DETAILS-->", all.stream().map(ReportFolder::details).collect(Collectors.joining()))
					.replace("<!--MACHINE-->", Html.escape(Machine.describe())));
		return index;
	}

	private static String details(StageRun run) {
		StringBuilder details = new StringBuilder();
		String stage = Html.escape(run.asIs().stage().name());
		if (!run.variants().isEmpty()) {
			details.append("<h2>").append(stage).append(": what goes wrong without</h2>\n<dl>\n");
			run.variants()
				.forEach((each) -> details.append("<dt>")
					.append(Html.escape(each.variant().name()))
					.append("</dt><dd>")
					.append(Html.escape(each.variant().description()))
					.append("</dd>\n"));
			details.append("</dl>\n")
				.append(table(run.variantTable(), run.rehearsals()))
				.append(strips(run.rehearsals()));
		}
		if (!run.figures().isEmpty()) {
			details.append("<h2>")
				.append(stage)
				.append(": figures</h2>\n<pre tabindex=\"0\">")
				.append(Html.escape(String.join("\n", run.figures())))
				.append("</pre>\n");
		}
		return details.toString();
	}

	private static String table(TextTable table, List<Rehearsed> rehearsals) {
		StringBuilder html = new StringBuilder("<div class=\"wide\">\n<table>\n<thead><tr>");
		html.append(cells("th", table.headings())).append("<th>more</th></tr></thead>\n<tbody>\n");
		for (int i = 0; i < rehearsals.size(); i++) {
			String name = rehearsals.get(i).name();
			html.append("<tr>")
				.append(cells("td", table.rows().get(i)))
				.append("<td><a href=\"%1$s.html\">answers</a> · <a download=\"%1$s.json\" href=\"%2$s\">JSON</a></td></tr>\n"
					.formatted(name, data(rehearsals.get(i))));
		}
		return html.append("</tbody>\n</table>\n</div>\n").toString();
	}

	/** One above the other, on one scale. */
	private static String strips(List<Rehearsed> rehearsals) {
		long spanMs = rehearsals.stream().mapToLong((each) -> Strip.spanMs(each.measurement())).max().orElse(0);
		return rehearsals.stream()
			.map((each) -> "<figure tabindex=\"0\">\n<figcaption>%s</figcaption>\n%s</figure>\n"
				.formatted(Html.escape(each.name()), new Strip(each.measurement(), spanMs).svg(each.name())))
			.collect(Collectors.joining());
	}

	/** So that the page is all that has to be handed on. */
	private static String data(Rehearsed rehearsed) {
		return "data:application/json;base64," + Base64.getEncoder()
			.encodeToString(JsonReport.render(rehearsed.report()).getBytes(StandardCharsets.UTF_8));
	}

	private static String cells(String tag, List<String> texts) {
		return texts.stream()
			.map((text) -> "<" + tag + ">" + Html.escape(text) + "</" + tag + ">")
			.collect(Collectors.joining());
	}

}
