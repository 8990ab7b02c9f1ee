package dev.zerodowntime.probe;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.zerodowntime.probe.model.CommandResult;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.Event;
import dev.zerodowntime.probe.model.Judged;
import dev.zerodowntime.probe.model.Latency;
import dev.zerodowntime.probe.model.Machine;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.model.Outage;
import dev.zerodowntime.probe.model.Report;
import dev.zerodowntime.probe.model.RequestReport;
import dev.zerodowntime.probe.model.Settings;
import dev.zerodowntime.probe.model.Span;
import dev.zerodowntime.probe.model.Warmup;
import dev.zerodowntime.probe.verdict.ModeReportData;
import dev.zerodowntime.probe.verdict.ReportData;
import org.jspecify.annotations.Nullable;

/** Reports that nothing was measured for. */
public final class Reports {

	private Reports() {
	}

	public static Report report(String url, double ratePerS, Instant startedAt, long durationMs, boolean trusted,
			List<String> problems, Warmup warmup, Map<ConnectionMode, ModeReport> modes, List<Event> events,
			@Nullable CommandResult command, Map<String, String> labels) {
		return report(url, ratePerS, startedAt, durationMs, trusted, problems, warmup, modes, events, command, labels,
				null, null, null, null, null, Report.FORMAT_VERSION);
	}

	public static Report report(String url, double ratePerS, Instant startedAt, long durationMs, boolean trusted,
			List<String> problems, Warmup warmup, Map<ConnectionMode, ModeReport> modes, List<Event> events,
			@Nullable CommandResult command, Map<String, String> labels, @Nullable Machine machine,
			@Nullable List<RequestReport> requests, @Nullable Judged judged, @Nullable Long steadyMs,
			@Nullable Settings settings, @Nullable Integer formatVersion) {
		return new ReportData(url, ratePerS, startedAt, durationMs, trusted, problems, warmup, modes, events, command,
				labels, machine, requests, judged, steadyMs, settings, formatVersion);
	}

	public static ModeReport mode(long sent, long ok, long dropped, Map<String, Long> dropsByKind, List<Outage> outages,
			long downtimeMs, @Nullable Latency latencyMs, @Nullable Latency baselineLatencyMs,
			@Nullable Latency commandLatencyMs, long lateSlots, @Nullable Latency latenessMs,
			Map<String, Long> versions, @Nullable Span versionsOverlap) {
		return mode(sent, ok, dropped, dropsByKind, outages, downtimeMs, latencyMs, baselineLatencyMs, commandLatencyMs,
				lateSlots, latenessMs, versions, versionsOverlap, 0, List.of());
	}

	public static ModeReport mode(long sent, long ok, long dropped, Map<String, Long> dropsByKind, List<Outage> outages,
			long downtimeMs, @Nullable Latency latencyMs, @Nullable Latency baselineLatencyMs,
			@Nullable Latency commandLatencyMs, long lateSlots, @Nullable Latency latenessMs,
			Map<String, Long> versions, @Nullable Span versionsOverlap, long unsent, List<Span> blind) {
		return new ModeReportData(sent, ok, dropped, dropsByKind, outages, downtimeMs, latencyMs, baselineLatencyMs,
				commandLatencyMs, lateSlots, latenessMs, versions, versionsOverlap, unsent, blind);
	}

}
