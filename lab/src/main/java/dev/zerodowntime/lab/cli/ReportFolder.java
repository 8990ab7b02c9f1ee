package dev.zerodowntime.lab.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import dev.zerodowntime.lab.Rehearsed;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.probe.report.HtmlReport;
import dev.zerodowntime.probe.report.JsonReport;

/** The folder {@code report}: a page and a JSON file for each rehearsal, and an index. */
final class ReportFolder {

	private ReportFolder() {
	}

	static Path write(List<StageRun> all) throws IOException {
		Path folder = Stage.root().resolve("report");
		for (StageRun run : all) {
			for (Rehearsed each : run.rehearsals()) {
				JsonReport.write(each.report(), folder.resolve(each.name() + ".json"));
				HtmlReport.write(each.measurement(), folder.resolve(each.name() + ".html"));
			}
		}
		String template = new String(ReportFolder.class.getResourceAsStream("index.html").readAllBytes(),
				StandardCharsets.UTF_8);
		Path index = folder.resolve("index.html");
		Files.writeString(index,
				template.replace("<!--STAGES-->", table(StageRun.table(all), all.stream().map(StageRun::asIs).toList()))
					.replace("<!--DETAILS-->", all.stream().map(ReportFolder::details).collect(Collectors.joining()))
					.replace("<!--MACHINE-->", escape(Machine.describe())));
		return index;
	}

	private static String details(StageRun run) {
		StringBuilder details = new StringBuilder();
		String stage = escape(run.asIs().stage().name());
		if (!run.variants().isEmpty()) {
			details.append("<h2>").append(stage).append(": what goes wrong without</h2>\n<dl>\n");
			run.variants()
				.forEach((each) -> details.append("<dt>")
					.append(escape(each.variant().name()))
					.append("</dt><dd>")
					.append(escape(each.variant().description()))
					.append("</dd>\n"));
			details.append("</dl>\n").append(table(run.variantTable(), run.rehearsals()));
		}
		if (!run.figures().isEmpty()) {
			details.append("<h2>")
				.append(stage)
				.append(": figures</h2>\n<pre>")
				.append(escape(String.join("\n", run.figures())))
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
				.append("<td><a href=\"%1$s.html\">timeline</a> · <a href=\"%1$s.json\">JSON</a></td></tr>\n"
					.formatted(name));
		}
		return html.append("</tbody>\n</table>\n</div>\n").toString();
	}

	private static String cells(String tag, List<String> texts) {
		return texts.stream()
			.map((text) -> "<" + tag + ">" + escape(text) + "</" + tag + ">")
			.collect(Collectors.joining());
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

}
