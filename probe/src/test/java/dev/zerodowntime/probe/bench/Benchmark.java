package dev.zerodowntime.probe.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.Probe;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.ModeReport;

/**
 * What the instrument itself costs and how late it sends, beside hey and wrk, against the
 * same nginx in the same run. Started by {@code probe/bench.sh}; needs an idle machine.
 */
final class Benchmark {

	private static final List<Integer> RATES = List.of(100, 500, 1000, 2000);

	private static final Duration EACH = Duration.ofSeconds(10);

	private static final int MILLION = 1_000_000;

	private static final double MILLION_RATE = 2000;

	private final PrintStream out;

	private Benchmark(PrintStream out) {
		this.out = out;
	}

	public static void main(String[] args) throws Exception {
		Benchmark benchmark = new Benchmark(System.out);
		if (List.of(args).contains("honesty")) {
			new Honesty(System.out).compare();
			return;
		}
		try (Nginx server = Nginx.start()) {
			if (args.length > 0 && args[0].equals("own")) {
				List<String> lines = new OwnCost(server.url(), args[1], System.out::println).measure();
				if (List.of(args).contains("--update-docs")) {
					BenchDocs.fill(lines);
				}
			}
			else if (List.of(args).contains("million")) {
				benchmark.million(server.url());
			}
			else {
				benchmark.compare(server.url());
			}
		}
	}

	private void compare(URI url) throws IOException, InterruptedException {
		Probe.to(url).rate(1000).warmup(Duration.ZERO).build().run(Duration.ofSeconds(10));
		this.out.println("mode         rate/s  probe: late p50    p99    max ms   us CPU/req   lost   hey: us CPU/req"
				+ "   wrk: us CPU/req");
		for (ConnectionMode mode : ConnectionMode.values()) {
			for (int rate : RATES) {
				line(url, mode, rate);
			}
		}
	}

	private void line(URI url, ConnectionMode mode, int rate) throws IOException, InterruptedException {
		long cpu = OwnCpu.micros();
		Measurement measurement = Probe.to(url).rate(rate).connections(mode).warmup(Duration.ZERO).build().run(EACH);
		double micros = (double) (OwnCpu.micros() - cpu) / measurement.report().modes().get(mode).sent();
		ModeReport report = measurement.report().modes().get(mode);
		double hey = OtherTool.hey(url, mode, rate, EACH).microsPerRequest();
		double wrk = OtherTool.wrk(url, mode, EACH).microsPerRequest();
		this.out.printf(Locale.ROOT, "%-11s %7d %14.3f %8.3f %8.3f %12.1f %6d %14.1f (%.1fx) %8.1f%n", mode, rate,
				report.latenessMs().p50(), report.latenessMs().p99(), report.latenessMs().max(), micros,
				report.dropped(), hey, micros / hey, wrk);
	}

	private void million(URI url) {
		Measurement measurement = Probe.to(url)
			.rate(MILLION_RATE)
			.warmup(Duration.ZERO)
			.build()
			.run(Duration.ofSeconds((long) (MILLION / MILLION_RATE / 2)));
		measurement.report()
			.modes()
			.forEach((mode, report) -> this.out.printf(Locale.ROOT, "%-11s %d sent, %d lost %s, late p99 %.3f ms%n",
					mode, report.sent(), report.dropped(), report.dropsByKind(), report.latenessMs().p99()));
	}

}
