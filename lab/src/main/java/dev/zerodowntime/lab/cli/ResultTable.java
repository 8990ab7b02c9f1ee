package dev.zerodowntime.lab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.zerodowntime.lab.Rehearsed;
import dev.zerodowntime.probe.CommandResult;
import dev.zerodowntime.probe.ConnectionMode;
import dev.zerodowntime.probe.Latency;
import dev.zerodowntime.probe.ModeReport;
import org.jspecify.annotations.Nullable;

/** The table this project exists for: a line for each stage. */
final class ResultTable {

	private static final List<String> HEADINGS = List.of("stage", "lost fresh", "lost keep-alive", "outage",
			"p99 before", "p99 during", "deploy took");

	private final List<List<String>> rows = new ArrayList<>();

	ResultTable(List<Rehearsed> all) {
		all.forEach((each) -> this.rows.add(row(each)));
	}

	static List<String> headings() {
		return HEADINGS;
	}

	List<List<String>> rows() {
		return this.rows;
	}

	/** For a terminal: columns under each other, without colours. */
	String text() {
		List<List<String>> lines = new ArrayList<>();
		lines.add(HEADINGS);
		lines.addAll(this.rows);
		return lines.stream().map((line) -> align(line, lines)).collect(Collectors.joining("\n"));
	}

	String markdown() {
		List<String> lines = new ArrayList<>();
		lines.add("| " + String.join(" | ", HEADINGS) + " |");
		lines.add("| --- |" + " ---: |".repeat(HEADINGS.size() - 1));
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

	private static List<String> row(Rehearsed rehearsed) {
		ModeReport fresh = rehearsed.report().modes().get(ConnectionMode.FRESH);
		ModeReport keepAlive = rehearsed.report().modes().get(ConnectionMode.KEEP_ALIVE);
		CommandResult command = rehearsed.report().command();
		return List.of(rehearsed.stage().directory().getFileName().toString(), lost(fresh), lost(keepAlive),
				seconds(Math.max(fresh.downtimeMs(), keepAlive.downtimeMs())),
				p99(fresh.baselineLatencyMs(), keepAlive.baselineLatencyMs()),
				p99(fresh.commandLatencyMs(), keepAlive.commandLatencyMs()),
				(command != null) ? seconds(command.toMs() - command.fromMs()) : "-");
	}

	private static String lost(ModeReport mode) {
		return mode.dropped() + " of " + mode.sent();
	}

	private static String seconds(long ms) {
		return String.format(Locale.ROOT, "%.2f s", ms / 1000.0);
	}

	/** The worse of the two modes. */
	private static String p99(@Nullable Latency fresh, @Nullable Latency keepAlive) {
		double worse = Math.max((fresh != null) ? fresh.p99() : 0, (keepAlive != null) ? keepAlive.p99() : 0);
		return String.format(Locale.ROOT, "%.1f ms", worse);
	}

}
