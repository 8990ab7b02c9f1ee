package dev.zerodowntime.lab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.zerodowntime.lab.Kept;
import dev.zerodowntime.lab.Reboot;
import dev.zerodowntime.lab.Rehearsed;
import dev.zerodowntime.probe.model.CommandResult;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.Latency;
import dev.zerodowntime.probe.model.ModeReport;
import org.jspecify.annotations.Nullable;

/** The tables this project exists for. */
final class ResultTable {

	private static final List<String> OF_STAGES = List.of("stage", "lost fresh", "lost keep-alive", "outage",
			"p99 before", "p99 during", "data lost", "deploy took");

	private static final List<String> OF_VARIANTS = List.of("variant", "lost fresh", "lost keep-alive", "outage",
			"p99 during", "data lost", "deploy took", "answers then", "back after a reboot");

	private static final String NOTHING = "-";

	private ResultTable() {
	}

	/** A line for each stage. */
	static TextTable ofStages(List<Rehearsed> all) {
		return new TextTable(OF_STAGES, all.stream().map(ResultTable::stage).toList());
	}

	/** A line for a stage as it is, and one for each of its variants. */
	static TextTable ofVariants(Rehearsed asIs, List<Rehearsed> variants) {
		List<List<String>> rows = new ArrayList<>();
		rows.add(variant("as it is", asIs));
		variants.forEach((each) -> rows.add(variant(each.variant().name(), each)));
		return new TextTable(OF_VARIANTS, rows);
	}

	private static List<String> stage(Rehearsed rehearsed) {
		ModeReport fresh = fresh(rehearsed);
		ModeReport keepAlive = keepAlive(rehearsed);
		return List.of(rehearsed.stage().directory().getFileName().toString(), lost(fresh), lost(keepAlive),
				outage(rehearsed), p99(fresh.baselineLatencyMs(), keepAlive.baselineLatencyMs()),
				p99During(fresh, keepAlive), dataLost(rehearsed.kept()), deployTook(rehearsed));
	}

	private static List<String> variant(String name, Rehearsed rehearsed) {
		Kept kept = rehearsed.kept();
		return List.of(name, lost(fresh(rehearsed)), lost(keepAlive(rehearsed)), outage(rehearsed),
				p99During(fresh(rehearsed), keepAlive(rehearsed)), dataLost(kept), deployTook(rehearsed),
				(kept != null) ? kept.version() : "nobody", reboot(rehearsed.reboot()));
	}

	private static ModeReport fresh(Rehearsed rehearsed) {
		return rehearsed.report().modes().get(ConnectionMode.FRESH);
	}

	private static ModeReport keepAlive(Rehearsed rehearsed) {
		return rehearsed.report().modes().get(ConnectionMode.KEEP_ALIVE);
	}

	private static String lost(ModeReport mode) {
		return mode.dropped() + " of " + mode.sent();
	}

	/** The longer of the two modes. */
	private static String outage(Rehearsed rehearsed) {
		return seconds(Math.max(fresh(rehearsed).downtimeMs(), keepAlive(rehearsed).downtimeMs()));
	}

	private static String dataLost(@Nullable Kept kept) {
		return (kept != null) ? kept.lost() + " of " + kept.written() : NOTHING;
	}

	private static String deployTook(Rehearsed rehearsed) {
		CommandResult command = rehearsed.report().command();
		return (command != null) ? seconds(command.toMs() - command.fromMs()) : NOTHING;
	}

	private static String reboot(@Nullable Reboot reboot) {
		if (reboot == null) {
			return NOTHING;
		}
		return (reboot.backAfter() != null) ? seconds(reboot.backAfter().toMillis())
				: "not in %d s".formatted(reboot.limit().toSeconds());
	}

	private static String seconds(long ms) {
		return String.format(Locale.ROOT, "%.2f s", ms / 1000.0);
	}

	/** And how many times what it was before. */
	private static String p99During(ModeReport fresh, ModeReport keepAlive) {
		double before = worse(fresh.baselineLatencyMs(), keepAlive.baselineLatencyMs());
		double during = worse(fresh.commandLatencyMs(), keepAlive.commandLatencyMs());
		return (before > 0) ? String.format(Locale.ROOT, "%.1f ms = %.1fx", during, during / before)
				: milliseconds(during);
	}

	private static String p99(@Nullable Latency fresh, @Nullable Latency keepAlive) {
		return milliseconds(worse(fresh, keepAlive));
	}

	private static double worse(@Nullable Latency fresh, @Nullable Latency keepAlive) {
		return Math.max((fresh != null) ? fresh.p99() : 0, (keepAlive != null) ? keepAlive.p99() : 0);
	}

	private static String milliseconds(double ms) {
		return String.format(Locale.ROOT, "%.1f ms", ms);
	}

}
