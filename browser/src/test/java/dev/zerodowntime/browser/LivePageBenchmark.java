package dev.zerodowntime.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.lab.cli.GeneratedBlock;
import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.ModeReport;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the live page costs. No test of the build: {@code browser/bench.sh} runs it.
 */
class LivePageBenchmark {

	private static final double RATE = 200;

	private static final int MINUTES = Integer.getInteger("bench.minutes", 10);

	private static final boolean UPDATE_DOCS = Boolean.getBoolean("bench.update-docs");

	private static final double KIBI = 1024;

	private static final double MEBI = KIBI * KIBI;

	private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

	private final List<String> said = new ArrayList<>();

	@Test
	void measure() throws Exception {
		try (Watched watched = Watched.start("step3", RATE); Chromium page = Chromium.start()) {
			page.open(watched.url()).await("live", "v1");
			say("minute  frames/s    marks  page's heap  page's process  workshop's heap");
			tell(page, 0, 0);
			for (int minute = 1; minute <= MINUTES; minute++) {
				long frames = frames(page);
				long from = System.nanoTime();
				// A deploy in each minute, as in a class
				page.click("deploy");
				Thread.sleep(60_000);
				double seconds = (System.nanoTime() - from) / 1e9;
				tell(page, minute, (frames(page) - frames) / seconds);
			}
			Measurement seen = watched.stop();
			page.await("notice", "The measurement has ended");
			say("lost: %d of %d".formatted(seen.report().totalDropped(), sent(seen)));
			seen.slices()
				.samples()
				.stream()
				.filter((answer) -> !answer.ok())
				.forEach((answer) -> say(lost(answer, seen)));
			seen.report().problems().forEach((problem) -> say("not trusted: " + problem));
			if (UPDATE_DOCS) {
				assertThat(seen.report().problems()).as("figures for the docs can be trusted").isEmpty();
				for (String docs : List.of("docs/en/watching.md", "docs/ko/watching.md")) {
					GeneratedBlock.fill(Stage.root().resolve(docs), "bench", String.join("\n", this.said));
				}
			}
		}
	}

	private static long sent(Measurement seen) {
		return seen.report().modes().values().stream().mapToLong(ModeReport::sent).sum();
	}

	private static String lost(Answer answer, Measurement seen) {
		long dueMs = answer.dueMs();
		String phase = seen.report()
			.phaseAt(dueMs)
			.map((event) -> "%s, %d ms before".formatted(event.name(), dueMs - event.atMs()))
			.orElse("no deploy yet");
		return "  %s: %s, due at %d ms, after %d ms (%s)".formatted(answer.mode(), answer.drop(), dueMs,
				TimeUnit.NANOSECONDS.toMillis(answer.latencyNanos()), phase);
	}

	private static long frames(Chromium page) {
		return page.<Long>run("return window.workshop.frames()");
	}

	private void tell(Chromium page, int minute, double framesPerSecond) {
		long marks = page.<Long>run("""
				return Object.values(window.workshop.marks()).reduce((all, mode) => all + mode.sent, 0)""");
		System.gc();
		Runtime own = Runtime.getRuntime();
		say(String.format(Locale.ROOT, "%6d  %8.1f  %7d  %7.1f MiB  %10.1f MiB  %11.1f MiB", minute, framesPerSecond,
				marks, page.heap() / MEBI, process() / MEBI, (own.totalMemory() - own.freeMemory()) / MEBI));
	}

	/** The browser's largest process that draws a page; its resident memory, on Linux. */
	private static double process() {
		return ProcessHandle.current()
			.descendants()
			.map((process) -> Path.of("/proc", Long.toString(process.pid())))
			.filter((process) -> read(process.resolve("cmdline")).contains("--type=renderer"))
			.mapToDouble((process) -> RESIDENT.matcher(read(process.resolve("status")))
				.results()
				.mapToDouble((found) -> Double.parseDouble(found.group(1)) * KIBI)
				.sum())
			.max()
			.orElse(Double.NaN);
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			// It has ended, or there is no such thing here
			return "";
		}
	}

	private void say(String line) {
		this.said.add(line);
		System.out.println(line);
	}

}
