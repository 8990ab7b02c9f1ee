package dev.zerodowntime.probe.bench;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.Probe;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.ModeReport;

/**
 * What the probe itself costs, how late it sends and what memory it holds. Uses only what
 * an older {@code probe.jar} has as well, so that the same rows can be measured with it.
 */
final class OwnCost {

	private static final List<Integer> RATES = List.of(100, 500, 1000, 2000);

	private static final Duration EACH = Duration.ofSeconds(10);

	private static final int MEMORY_RATE = 2000;

	private static final Duration MEMORY_TIME = Duration.ofSeconds(60);

	private static final double MEBI = 1024 * 1024;

	private final URI url;

	private final String name;

	private final Consumer<String> printer;

	private final List<String> lines = new ArrayList<>();

	/**
	 * Create a measurement.
	 * @param url what is asked
	 * @param name of the probe that is measured
	 * @param printer gets each line as soon as it is known
	 */
	OwnCost(URI url, String name, Consumer<String> printer) {
		this.url = url;
		this.name = name;
		this.printer = printer;
	}

	/** Returns what it has printed. */
	List<String> measure() {
		Probe.to(this.url).rate(1000).warmup(Duration.ZERO).build().run(EACH);
		add("probe   mode         rate/s   late p50     p99     max ms   us CPU/request    lost");
		for (ConnectionMode mode : ConnectionMode.values()) {
			for (int rate : RATES) {
				addRow(mode, rate);
			}
		}
		addMemory();
		return this.lines;
	}

	private void addRow(ConnectionMode mode, int rate) {
		long cpu = OwnCpu.micros();
		ModeReport report = Probe.to(this.url)
			.rate(rate)
			.connections(mode)
			.warmup(Duration.ZERO)
			.build()
			.run(EACH)
			.report()
			.modes()
			.get(mode);
		double micros = (double) (OwnCpu.micros() - cpu) / report.sent();
		add(String.format(Locale.ROOT, "%-7s %-11s %7d %10.3f %7.3f %10.3f %16.1f %7d", this.name, mode, rate,
				report.latenessMs().p50(), report.latenessMs().p99(), report.latenessMs().max(), micros,
				report.dropped()));
	}

	private void addMemory() {
		Probe probe = Probe.to(this.url).rate(MEMORY_RATE).warmup(Duration.ZERO).build();
		long before = usedHeap();
		Measurement measurement = probe.run(MEMORY_TIME);
		double held = (usedHeap() - before) / MEBI;
		long sent = measurement.report().modes().values().stream().mapToLong(ModeReport::sent).sum();
		add(String.format(Locale.ROOT, "%-7s holds %.1f MiB of heap after %d requests in %d s", this.name, held, sent,
				MEMORY_TIME.toSeconds()));
	}

	private static long usedHeap() {
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	private void add(String line) {
		this.lines.add(line);
		this.printer.accept(line);
	}

}
