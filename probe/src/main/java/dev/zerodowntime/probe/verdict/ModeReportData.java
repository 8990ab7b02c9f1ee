package dev.zerodowntime.probe.verdict;

import java.util.Collections;
import java.util.List;
import java.util.Map;

import dev.zerodowntime.probe.model.Latency;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.model.Outage;
import dev.zerodowntime.probe.model.Span;
import org.jspecify.annotations.Nullable;

/** The verdict on a mode, see there. Its components are the keys of the JSON. */
public record ModeReportData(long sent, long ok, long dropped, Map<String, Long> dropsByKind, List<Outage> outages,
		long downtimeMs, @Nullable Latency latencyMs, @Nullable Latency baselineLatencyMs,
		@Nullable Latency commandLatencyMs, long lateSlots, @Nullable Latency latenessMs, Map<String, Long> versions,
		@Nullable Span versionsOverlap, long unsent, List<Span> blind) implements ModeReport {

	public ModeReportData {
		dropsByKind = Collections.unmodifiableMap(dropsByKind);
		outages = List.copyOf(outages);
		versions = Collections.unmodifiableMap(versions);
		blind = List.copyOf(blind);
	}

}
