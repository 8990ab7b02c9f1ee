package dev.zerodowntime.probe.verdict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.DropKind;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.model.Report;
import dev.zerodowntime.probe.model.Span;

/** Says why a run must not be believed. */
public final class Trust {

	private Trust() {
	}

	public static List<String> problems(Map<ConnectionMode, ModeReport> modes, Scope scope) {
		List<String> problems = new ArrayList<>();
		modes.forEach((mode, report) -> {
			String name = mode.label();
			if (report.sent() == 0) {
				problems.add("no request was sent (" + name + ")");
				return;
			}
			addBlind(problems, name, report, scope.judged());
			if (report.unsent() > 0) {
				problems.add(report.unsent() + " of " + (report.sent() + report.unsent())
						+ " requests that were due were not sent (" + name + ")");
			}
			if (report.lateSlots() >= Report.LATE_LEAST && report.lateSlots() > report.sent() * Report.LATE_SHARE) {
				problems.add(String.format(Locale.ROOT,
						"%d of %d requests were sent more than %d ms late (%s): this machine is too busy",
						report.lateSlots(), report.sent(), Report.LATE_MS, name));
			}
			long notSent = report.dropsByKind().getOrDefault(DropKind.NOT_SENT.name(), 0L);
			if (notSent > 0) {
				problems.add(notSent + " requests could not be sent (" + name
						+ "): this machine is out of ports, file handles or threads");
			}
			if (report.ok() == 0 && report.dropsByKind().keySet().stream().noneMatch(Trust::isAnAnswer)) {
				problems.add("nothing answered (" + name + "): " + kinds(report));
			}
		});
		return problems;
	}

	/** Only the stretches that touch what is judged: before it nothing can be lost. */
	private static void addBlind(List<String> problems, String name, ModeReport report, Span judged) {
		List<Span> blind = report.blind().stream().filter((span) -> span.overlaps(judged)).toList();
		if (blind.isEmpty()) {
			return;
		}
		Span longest = Collections.max(blind, Comparator.comparingLong(Span::lengthMs));
		problems.add(String.format(Locale.ROOT,
				"the probe sent nothing for %.2f s, from %.2f to %.2f s%s (%s): this machine stood still or is too busy",
				seconds(longest.lengthMs()), seconds(longest.fromMs()), seconds(longest.toMs()),
				(blind.size() > 1) ? ", the longest of " + blind.size() + " stretches" : "", name));
	}

	private static double seconds(long ms) {
		return ms / 1000.0;
	}

	/** Whatever came back as HTTP shows that somebody was there. */
	public static boolean isAnswered(Answer answer) {
		return answer.drop() == null || isAnAnswer(answer.drop().name());
	}

	private static boolean isAnAnswer(String kind) {
		return kind.startsWith("http-") || kind.equals(DropKind.WRONG_CONTENT.name());
	}

	private static String kinds(ModeReport report) {
		List<String> kinds = new ArrayList<>();
		report.dropsByKind().forEach((kind, count) -> kinds.add(count + " " + kind));
		return String.join(", ", kinds);
	}

}
