package dev.zerodowntime.probe.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.Judged;
import dev.zerodowntime.probe.model.Latency;
import dev.zerodowntime.probe.model.Machine;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.model.Outage;
import dev.zerodowntime.probe.model.Report;
import dev.zerodowntime.probe.model.RequestReport;
import dev.zerodowntime.probe.model.Span;
import org.jspecify.annotations.Nullable;

/** The numbers of each mode and the verdict in a sentence. */
final class Summary {

	private static final int NAME = 13;

	private static final int COUNT = 8;

	private static final int OUTAGE = 23;

	private static final int MILLIS = 7;

	private static final int MOST_OUTAGES = 3;

	private static final double SHORT_NUMBER = 100;

	private final Pen pen;

	private final Report report;

	Summary(Pen pen, Report report) {
		this.pen = pen;
		this.report = report;
	}

	String render() {
		List<String> lines = new ArrayList<>();
		lines.add(this.pen.paint(Pen.left("connections", NAME) + Pen.right("sent", COUNT - 2) + Pen.right("ok", COUNT)
				+ Pen.right("lost", COUNT) + "  " + Pen.left("outage", OUTAGE) + Pen.right("p50", MILLIS)
				+ Pen.right("p99", MILLIS) + Pen.right("max ms", MILLIS + 1), Style.FAINT));
		this.report.modes().forEach((mode, found) -> addRows(lines, mode, found));
		requests(this.report).ifPresent((text) -> lines.add(note("requests", text)));
		if (!this.report.trusted()) {
			machine(this.report).ifPresent((machine) -> lines.addAll(List.of("", "This machine: " + machine + ".")));
		}
		lines.add("");
		lines.add(verdict());
		judged(this.report).ifPresent(lines::add);
		return String.join("\n", lines);
	}

	private void addRows(List<String> lines, ConnectionMode mode, ModeReport found) {
		Style[] alarm = (found.dropped() > 0) ? new Style[] { Style.RED, Style.BOLD } : new Style[0];
		lines.add(this.pen.paint(Pen.left(mode.label(), NAME), Style.BOLD)
				+ Pen.right(Long.toString(found.sent()), COUNT - 2) + Pen.right(Long.toString(found.ok()), COUNT)
				+ this.pen.paint(Pen.right(Long.toString(found.dropped()), COUNT), alarm) + "  "
				+ Pen.left(outage(found), OUTAGE) + latency(found.latencyMs()));
		if (found.dropped() > 0) {
			lines.add(note("lost", counts(found.dropsByKind())));
		}
		if (found.outages().size() > 1) {
			lines.add(note("outages", outages(found)));
		}
		if (!found.versions().isEmpty()) {
			lines.add(note("answered", versions(found)));
		}
		if (!found.blind().isEmpty()) {
			lines.add(note("blind", blind(found)));
		}
		if (found.unsent() > 0) {
			lines.add(note("unsent", found.unsent() + ((found.unsent() == 1) ? " request was" : " requests were")
					+ " due and not sent"));
		}
		if (found.lateSlots() > 0) {
			lines.add(note("late", found.lateSlots() + ((found.lateSlots() == 1) ? " request" : " requests")
					+ " sent more than " + Report.LATE_MS + " ms after the due time"));
		}
	}

	/** Tells who lost how much, or why that cannot be said. */
	String verdict() {
		if (!this.report.trusted()) {
			return this.pen.paint(
					"No verdict, this run cannot be trusted: " + String.join("; ", this.report.problems()) + ".",
					Style.YELLOW, Style.BOLD);
		}
		long sent = this.report.modes().values().stream().mapToLong(ModeReport::sent).sum();
		String failed = (this.report.command() != null && this.report.command().exitCode() != 0)
				? " The command failed with exit code " + this.report.command().exitCode() + "." : "";
		if (this.report.totalDropped() == 0) {
			return this.pen.paint("Nothing was lost: all " + sent + " requests were answered.", Style.GREEN, Style.BOLD)
					+ this.pen.paint(failed, Style.RED, Style.BOLD);
		}
		String lost = this.report.modes()
			.entrySet()
			.stream()
			.map((mode) -> mode.getValue().dropped() + " of " + mode.getValue().sent() + " on " + mode.getKey())
			.collect(Collectors.joining(", "));
		long downtime = this.report.modes().values().stream().mapToLong(ModeReport::downtimeMs).max().orElse(0);
		return this.pen.paint("Lost " + lost + " connections. Down for " + Pen.seconds(downtime) + " s." + failed,
				Style.RED, Style.BOLD);
	}

	/** Which of several requests were lost; empty if there was one. */
	static Optional<String> requests(Report report) {
		List<RequestReport> requests = report.requests();
		return (requests == null) ? Optional.empty()
				: Optional.of(requests.stream()
					.map((each) -> "%s: %d of %d lost".formatted(each.request(), each.dropped(), each.sent()))
					.collect(Collectors.joining("; ")));
	}

	/** What limits judge; empty if that is the whole run. */
	static Optional<String> judged(Report report) {
		Judged judged = report.judged();
		if (judged == null) {
			return Optional.empty();
		}
		return Optional
			.of((judged.fromMs() == null) ? "No event began with '%s': no request was judged.".formatted(judged.from())
					: "Judged since '%s' (%s s): %d of %d requests lost.".formatted(judged.from(),
							Pen.seconds(judged.fromMs()), judged.dropped(), judged.sent()));
	}

	/** What may explain why requests were sent late; empty if nothing is known. */
	static Optional<String> machine(Report report) {
		Machine machine = report.machine();
		List<String> parts = new ArrayList<>();
		if (machine != null && machine.cpuWaitMs() != null) {
			parts.add("the probe's threads waited " + Pen.seconds(machine.cpuWaitMs()) + " s for a CPU");
		}
		if (machine != null && machine.cpuStealMs() != null) {
			parts.add("the hypervisor kept its CPUs waiting for " + Pen.seconds(machine.cpuStealMs()) + " s");
		}
		return parts.isEmpty() ? Optional.empty() : Optional
			.of(String.join("; ", parts) + " (added up, in a run of " + Pen.seconds(report.durationMs()) + " s)");
	}

	private static String note(String name, String text) {
		return Pen.left("", NAME) + Pen.left(name, COUNT + 2) + text;
	}

	private String outage(ModeReport found) {
		List<Outage> outages = found.outages();
		if (outages.isEmpty()) {
			return "none";
		}
		if (outages.size() == 1) {
			Outage only = outages.get(0);
			return this.pen.span(only.fromMs(), only.toMs()) + " (" + Pen.seconds(only.lengthMs()) + " s)";
		}
		return outages.size() + ", total " + Pen.seconds(found.downtimeMs()) + " s";
	}

	private String outages(ModeReport found) {
		Outage longest = found.outages().stream().max(Comparator.comparingLong(Outage::lengthMs)).orElseThrow();
		String each = found.outages()
			.stream()
			.limit(MOST_OUTAGES)
			.map((outage) -> Pen.seconds(outage.fromMs()) + this.pen.glyph("\u2013", "-") + Pen.seconds(outage.toMs()))
			.collect(Collectors.joining(", "));
		int more = found.outages().size() - MOST_OUTAGES;
		return "longest " + Pen.seconds(longest.lengthMs()) + " s; " + each + " s"
				+ ((more > 0) ? " and " + more + " more" : "");
	}

	/** When the probe itself sent nothing. */
	private String blind(ModeReport found) {
		String each = found.blind()
			.stream()
			.limit(MOST_OUTAGES)
			.map((span) -> this.pen.span(span.fromMs(), span.toMs()))
			.collect(Collectors.joining(", "));
		int more = found.blind().size() - MOST_OUTAGES;
		return "nothing sent " + each + ((more > 0) ? " and " + more + " more times" : "");
	}

	private String versions(ModeReport found) {
		String counts = found.versions()
			.entrySet()
			.stream()
			.map((version) -> Pen.tame(version.getKey()) + " " + version.getValue())
			.collect(Collectors.joining(", "));
		Span both = found.versionsOverlap();
		return (both != null) ? counts + "; both during " + this.pen.span(both.fromMs(), both.toMs()) : counts;
	}

	private static String counts(Map<String, Long> counts) {
		return counts.entrySet()
			.stream()
			.sorted(Entry.<String, Long>comparingByValue().reversed())
			.map((count) -> count.getValue() + " " + count.getKey())
			.collect(Collectors.joining(", "));
	}

	private static String latency(@Nullable Latency latency) {
		if (latency == null) {
			return Pen.right("-", MILLIS).repeat(2) + Pen.right("-", MILLIS + 1);
		}
		return Pen.right(millis(latency.p50()), MILLIS) + Pen.right(millis(latency.p99()), MILLIS)
				+ Pen.right(millis(latency.max()), MILLIS + 1);
	}

	private static String millis(double ms) {
		return String.format(Locale.ROOT, (ms < SHORT_NUMBER) ? "%.1f" : "%.0f", ms);
	}

}
