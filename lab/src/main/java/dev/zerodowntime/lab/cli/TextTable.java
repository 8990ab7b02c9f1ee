package dev.zerodowntime.lab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of texts: the first column is to the left, the others to the right.
 *
 * @param headings one for each column
 * @param rows with as many cells
 */
record TextTable(List<String> headings, List<List<String>> rows) {

	/** For a terminal: columns under each other, without colours. */
	String text() {
		List<List<String>> lines = new ArrayList<>();
		lines.add(this.headings);
		lines.addAll(this.rows);
		return lines.stream().map((line) -> align(line, lines)).collect(Collectors.joining("\n"));
	}

	String markdown() {
		List<String> lines = new ArrayList<>();
		lines.add("| " + String.join(" | ", this.headings) + " |");
		lines.add("| --- |" + " ---: |".repeat(this.headings.size() - 1));
		this.rows.forEach((row) -> lines.add("| " + String.join(" | ", row) + " |"));
		return String.join("\n", lines);
	}

	private static String align(List<String> line, List<List<String>> lines) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < line.size(); i++) {
			int column = i;
			int width = lines.stream().mapToInt((each) -> each.get(column).length()).max().orElse(0);
			text.append(String.format((i == 0) ? "%-" + width + "s" : "  %" + width + "s", line.get(i)));
		}
		return text.toString().stripTrailing();
	}

}
