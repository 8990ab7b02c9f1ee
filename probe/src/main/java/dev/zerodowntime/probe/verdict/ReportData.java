package dev.zerodowntime.probe.verdict;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.zerodowntime.probe.model.CommandResult;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.Event;
import dev.zerodowntime.probe.model.Judged;
import dev.zerodowntime.probe.model.Machine;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.model.Report;
import dev.zerodowntime.probe.model.RequestReport;
import dev.zerodowntime.probe.model.Settings;
import dev.zerodowntime.probe.model.Warmup;
import org.jspecify.annotations.Nullable;

/** A report, see there. Its components are the keys of the JSON, in their order. */
public record ReportData(String url, double ratePerS, Instant startedAt, long durationMs, boolean trusted,
		List<String> problems, Warmup warmup, Map<ConnectionMode, ModeReport> modes, List<Event> events,
		@Nullable CommandResult command, Map<String, String> labels, @Nullable Machine machine,
		@Nullable List<RequestReport> requests, @Nullable Judged judged, @Nullable Long steadyMs,
		@Nullable Settings settings, @Nullable Integer formatVersion) implements Report {

	public ReportData {
		problems = List.copyOf(problems);
		events = List.copyOf(events);
		Map<ConnectionMode, ModeReport> ordered = new EnumMap<>(ConnectionMode.class);
		ordered.putAll(modes);
		modes = Collections.unmodifiableMap(ordered);
		labels = Collections.unmodifiableMap(new TreeMap<>(labels));
		requests = (requests != null) ? List.copyOf(requests) : null;
	}

}
