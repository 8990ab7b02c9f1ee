package dev.zerodowntime.probe.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.Latency;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.model.Outage;
import dev.zerodowntime.probe.model.Report;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a report as OpenMetrics text, for Prometheus and Grafana. It has no
 * timestamps and only types that the older Prometheus format knows as well, so that a
 * Pushgateway and the textfile collector of the node exporter read it, too.
 */
public final class OpenMetrics {

	private static final String PREFIX = "zero_downtime_";

	private static final int DIGITS_OF_MS = 3;

	private final Report report;

	private final StringBuilder text = new StringBuilder();

	private OpenMetrics(Report report) {
		this.report = report;
	}

	/**
	 * Renders the numbers.
	 * @param report the verdict
	 * @return OpenMetrics text, which ends with {@code # EOF} and a newline
	 */
	public static String render(Report report) {
		return new OpenMetrics(report).render();
	}

	/**
	 * Writes the numbers, replacing an older file at once. Missing directories are made.
	 * @param report the verdict
	 * @param path where to write them
	 * @throws IOException if it cannot be written
	 */
	public static void write(Report report, Path path) throws IOException {
		ReportFile.write(path, render(report));
	}

	private String render() {
		run();
		requests();
		outages();
		family("latency_seconds", "summary", "Time from when a request was due to its complete, correct answer.");
		latency("run", ModeReport::latencyMs);
		latency("baseline", ModeReport::baselineLatencyMs);
		latency("command", ModeReport::commandLatencyMs);
		return this.text.append("# EOF\n").toString();
	}

	private void run() {
		Map<String, String> about = new LinkedHashMap<>();
		about.put("url", this.report.url());
		this.report.labels()
			.forEach((name, value) -> about.put("label_" + name.replaceAll("[^a-zA-Z0-9_]", "_"), value));
		family("run_info", "gauge", "What was measured; always 1.");
		sample("run_info", about, "1");
		family("trusted", "gauge", "1 if the counts can be trusted, 0 if there is no verdict.");
		sample("trusted", Map.of(), this.report.trusted() ? "1" : "0");
		family("run_start_timestamp_seconds", "gauge", "When counting began, in seconds since 1970 (Unix time).");
		sample("run_start_timestamp_seconds", Map.of(), seconds(this.report.startedAt().toEpochMilli()));
		family("run_duration_seconds", "gauge", "How long requests were sent.");
		sample("run_duration_seconds", Map.of(), seconds(this.report.durationMs()));
	}

	private void requests() {
		family("requests", "counter", "Requests by their outcome: ok or lost.");
		each((mode, found) -> {
			sample("requests_total", labels(mode, "outcome", "ok"), count(found.ok()));
			sample("requests_total", labels(mode, "outcome", "lost"), count(found.dropped()));
		});
		family("lost_requests", "counter", "Lost requests by their kind.");
		each((mode, found) -> found.dropsByKind()
			.forEach((kind, lost) -> sample("lost_requests_total", labels(mode, "kind", kind), count(lost))));
		family("answers", "counter", "Correct answers by the version that gave them.");
		each((mode, found) -> found.versions()
			.forEach((version, ok) -> sample("answers_total", labels(mode, "version", version), count(ok))));
		family("late_requests", "counter", "Requests that the probe itself sent late.");
		each((mode, found) -> sample("late_requests_total", labels(mode), count(found.lateSlots())));
		family("unsent_requests", "counter", "Requests that were due and were not sent.");
		each((mode, found) -> sample("unsent_requests_total", labels(mode), count(found.unsent())));
	}

	private void outages() {
		family("downtime_seconds", "gauge", "The lengths of all outages, added up.");
		each((mode, found) -> sample("downtime_seconds", labels(mode), seconds(found.downtimeMs())));
		family("longest_outage_seconds", "gauge", "The length of the longest outage, 0 if there was none.");
		each((mode, found) -> sample("longest_outage_seconds", labels(mode),
				seconds(found.outages().stream().mapToLong(Outage::lengthMs).max().orElse(0))));
	}

	private void latency(String phase, Function<ModeReport, @Nullable Latency> which) {
		each((mode, found) -> {
			Latency latency = which.apply(found);
			if (latency != null) {
				Map<String, String> labels = labels(mode, "phase", phase);
				quantile(labels, "0.5", latency.p50());
				quantile(labels, "0.99", latency.p99());
				quantile(labels, "1", latency.max());
			}
		});
	}

	private void quantile(Map<String, String> labels, String quantile, double ms) {
		Map<String, String> all = new LinkedHashMap<>(labels);
		all.put("quantile", quantile);
		sample("latency_seconds", all, number(BigDecimal.valueOf(ms).movePointLeft(DIGITS_OF_MS)));
	}

	private void each(BiConsumer<ConnectionMode, ModeReport> action) {
		this.report.modes().forEach(action);
	}

	private void family(String name, String type, String help) {
		this.text.append("# TYPE ").append(PREFIX).append(name).append(' ').append(type).append('\n');
		this.text.append("# HELP ").append(PREFIX).append(name).append(' ').append(help).append('\n');
	}

	private void sample(String name, Map<String, String> labels, String value) {
		this.text.append(PREFIX).append(name);
		String separator = "{";
		for (Map.Entry<String, String> label : labels.entrySet()) {
			this.text.append(separator)
				.append(label.getKey())
				.append("=\"")
				.append(escape(label.getValue()))
				.append('"');
			separator = ",";
		}
		this.text.append(labels.isEmpty() ? " " : "} ").append(value).append('\n');
	}

	private static Map<String, String> labels(ConnectionMode mode, String... others) {
		Map<String, String> labels = new LinkedHashMap<>();
		labels.put("mode", mode.label());
		for (int i = 0; i < others.length; i += 2) {
			labels.put(others[i], others[i + 1]);
		}
		return labels;
	}

	/**
	 * As the format wants it; a lone carriage return would end a line for some readers.
	 */
	private static String escape(String value) {
		return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "");
	}

	private static String count(long count) {
		return Long.toString(count);
	}

	private static String seconds(long ms) {
		return number(BigDecimal.valueOf(ms, DIGITS_OF_MS));
	}

	private static String number(BigDecimal number) {
		return (number.signum() == 0) ? "0" : number.stripTrailingZeros().toPlainString();
	}

}
