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

/** The folder {@code report}: a page and a JSON file for each stage, and an index. */
final class ReportFolder {

	private ReportFolder() {
	}

	static Path write(List<Rehearsed> all, ResultTable table) throws IOException {
		Path folder = Stage.root().resolve("report");
		for (Rehearsed each : all) {
			JsonReport.write(each.report(), folder.resolve(each.stage().name() + ".json"));
			HtmlReport.write(each.measurement(), folder.resolve(each.stage().name() + ".html"));
		}
		String template = new String(ReportFolder.class.getResourceAsStream("index.html").readAllBytes(),
				StandardCharsets.UTF_8);
		Path index = folder.resolve("index.html");
		Files.writeString(index,
				template.replace("<!--HEADINGS-->", cells("th", ResultTable.headings()))
					.replace("<!--ROWS-->", rows(all, table))
					.replace("<!--MACHINE-->", escape(Machine.describe())));
		return index;
	}

	private static String rows(List<Rehearsed> all, ResultTable table) {
		StringBuilder rows = new StringBuilder();
		for (int i = 0; i < all.size(); i++) {
			String stage = all.get(i).stage().name();
			rows.append("<tr>")
				.append(cells("td", table.rows().get(i)))
				.append("<td><a href=\"")
				.append(stage)
				.append(".html\">timeline</a> · <a href=\"")
				.append(stage)
				.append(".json\">JSON</a></td></tr>\n");
		}
		return rows.toString();
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
