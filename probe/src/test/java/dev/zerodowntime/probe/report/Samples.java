package dev.zerodowntime.probe.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.Reports;
import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.CommandResult;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.DropKind;
import dev.zerodowntime.probe.model.Event;
import dev.zerodowntime.probe.model.Latency;
import dev.zerodowntime.probe.model.Machine;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.model.Outage;
import dev.zerodowntime.probe.model.Report;
import dev.zerodowntime.probe.model.Slices;
import dev.zerodowntime.probe.model.Span;
import dev.zerodowntime.probe.model.Warmup;
import org.jspecify.annotations.Nullable;

/** Measurements as they come from a real deployment, made up. */
final class Samples {

	static final Instant STARTED = Instant.parse("2026-11-22T10:15:30.125Z");

	private static final List<Event> STOP_AND_START = List.of(new Event(5000, "deploy v2"),
			new Event(5010, "v1 stopped"), new Event(5320, "v2 started"), new Event(8970, "v2 answers"));

	private Samples() {
	}

	/** A stop and a start: 15 s at 100/s, away from 5.01 s to 8.97 s. */
	static Measurement outage() {
		List<Answer> answers = new ArrayList<>();
		Random random = new Random(42);
		for (ConnectionMode mode : ConnectionMode.values()) {
			for (int slot = 0; slot < 1500; slot++) {
				long due = slot * 10L;
				DropKind drop = null;
				if (due > 5010 && due < 8970) {
					drop = (due < 5060) ? DropKind.RESET : (due < 5400) ? DropKind.CLOSED : DropKind.REFUSED;
				}
				answers.add(answer(mode, slot, due, drop, (due < 6000) ? "v1" : "v2", random));
			}
		}
		CommandResult command = CommandResult.of(List.of("./deploy.sh", "v2"), 0, 5000, 8990,
				List.of("==> v1 stopped", "starting", "==> v2 started", "==> v2 answers"));
		return measurement("http://127.0.0.1:8080/api/version", answers, STOP_AND_START, command);
	}

	/** Blue and green: both versions answer for a while, nothing is lost. */
	static Measurement nothingLost() {
		List<Answer> answers = new ArrayList<>();
		Random random = new Random(42);
		for (ConnectionMode mode : ConnectionMode.values()) {
			for (int slot = 0; slot < 1000; slot++) {
				long due = slot * 10L;
				double share = Math.max(0, Math.min(1, (due - 5000) / 1500.0));
				answers.add(answer(mode, slot, due, null, (random.nextDouble() < share) ? "v2" : "v1", random));
			}
		}
		return measurement("http://127.0.0.1:8080/", answers, List.of(new Event(5000, "switched to green")), null);
	}

	/** Only one mode, few drops of several kinds. */
	static Measurement scattered() {
		List<Answer> answers = new ArrayList<>();
		Random random = new Random(7);
		List<DropKind> kinds = List.of(DropKind.http(502), DropKind.CUT_OFF, DropKind.TIMEOUT);
		for (int slot = 0; slot < 2000; slot++) {
			DropKind drop = (slot % 333 == 200) ? kinds.get(slot / 333 % kinds.size()) : null;
			answers.add(answer(ConnectionMode.KEEP_ALIVE, slot, slot * 5L, drop, null, random));
		}
		return measurement("http://127.0.0.1:8080/", answers, List.of(), null);
	}

	/** The sender was late, so there is no verdict. */
	static Measurement untrusted() {
		Measurement measured = scattered();
		Report report = measured.report();
		return new Measurement(Reports.report(report.url(), report.ratePerS(), report.startedAt(), report.durationMs(),
				false, List.of("12% of the requests were sent more than 10 ms late"), report.warmup(), report.modes(),
				report.events(), report.command(), Map.of(), new Machine(4120L, 350L), null, null, null, null,
				Report.FORMAT_VERSION), measured.slices());
	}

	/** The texts a target or a script can put into a report, at their worst. */
	static Measurement hostile() {
		String evil = "\u001b[2J\u009b31m</script><script>alert(1)</script><!-- <script> ${x} {{data}} @data@ \u2028 \" ' & \\";
		Measurement measured = outage();
		Report report = measured.report();
		List<Answer> answers = measured.slices()
			.samples()
			.stream()
			.map((answer) -> new Answer(answer.mode(), answer.slot(), answer.dueNanos(), answer.sentNanos(),
					answer.endNanos(), answer.drop(), evil))
			.toList();
		Report worst = report("http://127.0.0.1:8080/?q=" + evil, answers, List.of(new Event(5000, evil)),
				CommandResult.of(List.of("sh", "-c", evil), 1, 5000, 8990, List.of(evil, "\u001b[31mred\u001b[0m")));
		return new Measurement(worst, Slices.of(answers));
	}

	/** As many answers as asked for in each mode, with an outage. */
	static Measurement large(int perMode) {
		List<Answer> answers = new ArrayList<>();
		Random random = new Random(42);
		for (ConnectionMode mode : ConnectionMode.values()) {
			for (int slot = 0; slot < perMode; slot++) {
				DropKind drop = (slot > perMode / 2 && slot < perMode * 6 / 10) ? DropKind.REFUSED : null;
				answers.add(answer(mode, slot, slot, drop, (slot < perMode / 2) ? "v1" : "v2", random));
			}
		}
		return measurement("http://127.0.0.1:8080/", answers, List.of(), null);
	}

	static Measurement measurement(String url, List<Answer> answers, List<Event> events,
			@Nullable CommandResult command) {
		List<Answer> sorted = new ArrayList<>(answers);
		sorted.sort(Comparator.comparingLong(Answer::dueNanos));
		return new Measurement(report(url, sorted, events, command), Slices.of(sorted));
	}

	private static Answer answer(ConnectionMode mode, int slot, long dueMs, @Nullable DropKind drop, String version,
			Random random) {
		long due = TimeUnit.MILLISECONDS.toNanos(dueMs);
		long sent = due + random.nextInt(200_000);
		double ms = (mode == ConnectionMode.FRESH) ? 1.1 : 0.7;
		ms += Math.abs(random.nextGaussian()) * 0.4 + ((random.nextInt(60) == 0) ? random.nextDouble() * 12 : 0);
		if ("v2".equals(version) && dueMs > 8900 && dueMs < 9400) {
			ms += (9400 - dueMs) / 20.0;
		}
		if (drop == DropKind.TIMEOUT) {
			ms = 2000;
		}
		return new Answer(mode, slot, due, sent, sent + Math.round(ms * 1e6), drop, (drop == null) ? version : null);
	}

	private static Report report(String url, List<Answer> answers, List<Event> events,
			@Nullable CommandResult command) {
		Map<ConnectionMode, ModeReport> modes = new EnumMap<>(ConnectionMode.class);
		long durationMs = 0;
		for (ConnectionMode mode : ConnectionMode.values()) {
			List<Answer> own = answers.stream().filter((answer) -> answer.mode() == mode).toList();
			if (!own.isEmpty()) {
				modes.put(mode, mode(own, command));
				durationMs = Math.max(durationMs, own.size() * step(own));
			}
		}
		return Reports.report(url, 1000.0 / step(answers.stream().filter((answer) -> answer.slot() < 2).toList()),
				STARTED, durationMs, true, List.of(), new Warmup(300 * modes.size(), 0), modes, events, command,
				Map.of());
	}

	private static long step(List<Answer> answers) {
		return answers.stream().filter((answer) -> answer.slot() == 1).findFirst().orElseThrow().dueNanos() / 1_000_000;
	}

	private static ModeReport mode(List<Answer> answers, @Nullable CommandResult command) {
		Map<String, Long> kinds = new TreeMap<>();
		Map<String, Long> versions = new TreeMap<>();
		List<Outage> outages = new ArrayList<>();
		Map<String, Span> seen = new TreeMap<>();
		long good = 0;
		long lost = 0;
		for (Answer answer : answers) {
			long due = answer.dueNanos() / 1_000_000;
			if (answer.drop() != null) {
				kinds.merge(answer.drop().name(), 1L, Long::sum);
				lost++;
				continue;
			}
			if (answer.version() != null) {
				versions.merge(answer.version(), 1L, Long::sum);
				seen.merge(answer.version(), new Span(due, due), (one, two) -> new Span(one.fromMs(), two.toMs()));
			}
			if (lost > 0) {
				outages.add(new Outage(good, due, lost));
				lost = 0;
			}
			good = due;
		}
		List<Span> spans = List.copyOf(seen.values());
		Span overlap = (spans.size() == 2 && spans.get(1).fromMs() < spans.get(0).toMs())
				? new Span(spans.get(1).fromMs(), spans.get(0).toMs()) : null;
		long dropped = kinds.values().stream().mapToLong(Long::longValue).sum();
		boolean split = command != null;
		return Reports.mode(answers.size(), answers.size() - dropped, dropped, kinds, outages,
				outages.stream().mapToLong(Outage::lengthMs).sum(), latency(answers, 0, Long.MAX_VALUE),
				split ? latency(answers, 0, command.fromMs()) : null,
				split ? latency(answers, command.fromMs(), Long.MAX_VALUE) : null, 0, new Latency(0.1, 0.198, 0.2),
				versions, overlap);
	}

	private static @Nullable Latency latency(List<Answer> answers, long fromMs, long toMs) {
		double[] sorted = answers.stream()
			.filter(Answer::ok)
			.filter((answer) -> answer.dueNanos() / 1_000_000 >= fromMs && answer.dueNanos() / 1_000_000 < toMs)
			.mapToDouble((answer) -> answer.latencyNanos() / 1000 / 1000.0)
			.sorted()
			.toArray();
		return (sorted.length == 0) ? null
				: new Latency(sorted[sorted.length / 2], sorted[sorted.length * 99 / 100], sorted[sorted.length - 1]);
	}

}
