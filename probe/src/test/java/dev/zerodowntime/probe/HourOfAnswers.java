package dev.zerodowntime.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.DropKind;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.model.Outage;
import dev.zerodowntime.probe.model.Report;
import dev.zerodowntime.probe.model.Warmup;
import dev.zerodowntime.probe.report.HtmlReport;
import dev.zerodowntime.probe.report.TerminalReport;
import dev.zerodowntime.probe.verdict.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Records what an hour at 2000 requests per second and mode brings, as fast as it can,
 * and makes the reports. {@link MemoryTest} starts it with a small heap.
 */
final class HourOfAnswers {

	private static final int RATE = 2000;

	private static final long SECONDS = TimeUnit.HOURS.toSeconds(1);

	private static final long NANOS_BETWEEN = TimeUnit.SECONDS.toNanos(1) / RATE;

	private static final long LATENCY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private HourOfAnswers() {
	}

	public static void main(String[] args) {
		ConnectionMode[] all = ConnectionMode.values();
		Recorder recorder = new Recorder(List.of(all), 250, Duration.ofSeconds(22), null);
		for (long slot = 0; slot < RATE * SECONDS; slot += 2) {
			for (ConnectionMode mode : all) {
				// Each second answer comes before the one that was due before it.
				recorder.accept(answer(mode, slot + 1));
				recorder.accept(answer(mode, slot));
			}
		}
		Map<ConnectionMode, ModeReport> modes = new EnumMap<>(ConnectionMode.class);
		long durationMs = TimeUnit.SECONDS.toMillis(SECONDS);
		for (ConnectionMode mode : all) {
			modes.put(mode, recorder.report(mode, durationMs, RATE * SECONDS));
		}
		Report report = Reports.report("http://127.0.0.1/", RATE, Instant.EPOCH, durationMs, true, List.of(),
				new Warmup(0, 0), modes, List.of(), null, Map.of());
		Measurement measurement = new Measurement(report, recorder.slices());
		print(TerminalReport.plain().timeline(measurement).isEmpty() ? "no timeline" : "timeline");
		print(HtmlReport.render(measurement).contains("ok_at") ? "page" : "no page");
		modes.forEach((mode, found) -> print("%s sent %d ok %d dropped %d longest %d".formatted(mode, found.sent(),
				found.ok(), found.dropped(), found.outages().stream().mapToLong(Outage::lengthMs).max().orElse(0))));
	}

	/** One of a hundred is lost, and all of them for half a minute. */
	private static Answer answer(ConnectionMode mode, long slot) {
		long due = slot * NANOS_BETWEEN;
		long second = slot / RATE;
		boolean isDown = second >= 1800 && second < 1830;
		DropKind drop = isDown ? DropKind.REFUSED : (slot % 100 == 50) ? DropKind.http(502) : null;
		return new Answer(mode, slot, due, due, due + LATENCY_NANOS + slot % 1009, drop, version(drop, second));
	}

	private static @Nullable String version(@Nullable DropKind drop, long second) {
		return (drop != null) ? null : (second < 1830) ? "v1" : "v2";
	}

	private static void print(String line) {
		System.out.println(line);
	}

}
