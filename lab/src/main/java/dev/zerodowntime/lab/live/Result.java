package dev.zerodowntime.lab.live;

import java.util.Map;
import java.util.regex.Pattern;

import dev.zerodowntime.probe.model.CommandResult;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.Latency;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.model.Report;
import dev.zerodowntime.probe.report.JsonReport;
import org.jspecify.annotations.Nullable;

/**
 * What the board knows of somebody's run. It comes from a file that anybody may have
 * written: only numbers, and texts that are short and tame, are taken from it.
 *
 * @param name whose run it is
 * @param stage such as {@code step1}, with its variant if there was one
 * @param trusted whether the probe kept its schedule
 * @param sent requests over both modes
 * @param lostFresh requests lost on connections of their own
 * @param lostKeepAlive requests lost on connections that were reused
 * @param outageMs the longer downtime of both modes
 * @param p99BeforeMs the worse of both modes, {@code null} without a command
 * @param p99DuringMs the same, from the command's start on
 * @param deployMs how long the command took
 * @param guess how many requests its owner believed to be lost, {@code null} if nobody
 * guessed
 */
record Result(String name, String stage, boolean trusted, long sent, long lostFresh, long lostKeepAlive, long outageMs,
		@Nullable Double p99BeforeMs, @Nullable Double p99DuringMs, @Nullable Long deployMs, @Nullable Long guess) {

	private static final int LONGEST_NAME = 30;

	private static final String NOBODY = "anonymous";

	private static final long MOST = 1_000_000_000;

	private static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9.-]{0,39}");

	/**
	 * Reads a report.
	 * @param name who says that it is theirs
	 * @param json the file
	 * @throws IllegalArgumentException if it is none, or its numbers cannot be; the
	 * message is one line
	 */
	static Result of(String name, String json) {
		Report report;
		try {
			report = JsonReport.parse(json);
		}
		catch (RuntimeException ex) {
			// Of a hostile text not even its parser's message is passed on
			throw new IllegalArgumentException("not a report of the probe", ex);
		}
		if (report.modes() == null || report.modes().isEmpty()) {
			throw new IllegalArgumentException("a report without a connection mode");
		}
		report.modes().values().forEach(Result::check);
		CommandResult command = report.command();
		return new Result(tame(name), stage(report.labels()), report.trusted(),
				report.modes().values().stream().mapToLong(ModeReport::sent).sum(), lost(report, ConnectionMode.FRESH),
				lost(report, ConnectionMode.KEEP_ALIVE),
				report.modes().values().stream().mapToLong(ModeReport::downtimeMs).max().orElse(0), worse(report, true),
				worse(report, false), (command != null) ? number(command.toMs() - command.fromMs()) : null,
				guess(report.labels().get("guess")));
	}

	private static void check(ModeReport mode) {
		number(mode.sent());
		number(mode.ok());
		number(mode.dropped());
		number(mode.downtimeMs());
		if (mode.sent() != mode.ok() + mode.dropped()) {
			throw new IllegalArgumentException("a report that contradicts itself: %d sent, but %d + %d with an outcome"
				.formatted(mode.sent(), mode.ok(), mode.dropped()));
		}
	}

	private static long number(long number) {
		if (number < 0 || number > MOST) {
			throw new IllegalArgumentException("a report with a number that cannot be: " + number);
		}
		return number;
	}

	private static long lost(Report report, ConnectionMode mode) {
		ModeReport found = report.modes().get(mode);
		return (found != null) ? found.dropped() : 0;
	}

	private static @Nullable Double worse(Report report, boolean before) {
		Double worse = null;
		for (ModeReport mode : report.modes().values()) {
			Latency latency = before ? mode.baselineLatencyMs() : mode.commandLatencyMs();
			if (latency != null && Double.isFinite(latency.p99()) && (worse == null || latency.p99() > worse)) {
				worse = latency.p99();
			}
		}
		return worse;
	}

	private static String stage(Map<String, String> labels) {
		String stage = label(labels.get("stage"));
		String variant = labels.get("variant");
		return (variant != null) ? stage + ", " + label(variant) : stage;
	}

	private static String label(@Nullable String label) {
		return (label != null && LABEL.matcher(label).matches()) ? label : "?";
	}

	private static @Nullable Long guess(@Nullable String guess) {
		return (guess != null && guess.matches("[0-9]{1,9}")) ? Long.valueOf(guess) : null;
	}

	private static String tame(String name) {
		String tame = name.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
		if (tame.isEmpty()) {
			return NOBODY;
		}
		int end = tame.offsetByCodePoints(0, Math.min(LONGEST_NAME, tame.codePointCount(0, tame.length())));
		return tame.substring(0, end);
	}

}
