package dev.zerodowntime.lab.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.zerodowntime.lab.live.Moment;
import dev.zerodowntime.lab.live.Watch;
import dev.zerodowntime.probe.model.Event;
import dev.zerodowntime.probe.report.TerminalReport;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * The live picture for those without a browser: the last half minute, four times a
 * second, as wide as the terminal is at that moment. Where there is no terminal, a line
 * for each event, and one every ten seconds.
 */
final class WatchView implements AutoCloseable {

	private static final Duration WINDOW = Duration.ofSeconds(30);

	private static final long FRAME_MS = 250;

	private static final long PLAIN_MS = 10_000;

	private final Watch watch;

	private final Terminal terminal;

	private final @Nullable Display display;

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor((work) -> {
		Thread thread = new Thread(work, "workshop-watch-view");
		thread.setDaemon(true);
		return thread;
	});

	private final Set<Event> told = new HashSet<>();

	private long statusMs;

	private WatchView(Watch watch, Terminal terminal) {
		this.watch = watch;
		this.terminal = terminal;
		this.display = isPlain(terminal) ? null : new Display(terminal, false);
	}

	/**
	 * Prepares a view on this process's terminal.
	 * @param watch what is shown
	 * @return a view that is still to be started
	 * @throws IOException if the terminal cannot be used
	 */
	static WatchView of(Watch watch) throws IOException {
		// Ctrl-C is not the terminal's business: it ends this process in order
		return new WatchView(watch, TerminalBuilder.builder().system(true).dumb(true).nativeSignals(false).build());
	}

	private static boolean isPlain(Terminal terminal) {
		return terminal.getType().startsWith(Terminal.TYPE_DUMB) || terminal.getSize().getColumns() <= 0;
	}

	void start() {
		this.timer.scheduleAtFixedRate((this.display != null) ? this::draw : this::tell, FRAME_MS, FRAME_MS,
				TimeUnit.MILLISECONDS);
	}

	private void draw() {
		Moment moment = this.watch.moment(WINDOW);
		Size size = this.terminal.getSize();
		int columns = size.getColumns();
		this.display.resize(size);
		List<AttributedString> lines = picture(moment, columns - 1).stream()
			.map((line) -> AttributedString.fromAnsi(line).columnSubSequence(0, columns - 1))
			.limit(Math.max(1, size.getRows() - 1))
			.toList();
		this.display.update(lines, -1);
	}

	/** Numbers first: a low terminal cuts what is below. */
	static List<String> picture(Moment moment, int width) {
		List<String> lines = new ArrayList<>(List.of(status(moment)));
		TerminalReport.ofThisProcess(Ansi.AUTO.enabled(), width)
			.timeline(moment.slices(), moment.events(), moment.span(), moment.versions())
			.lines()
			.forEach(lines::add);
		return lines;
	}

	static String status(Moment moment) {
		return String.format(Locale.ROOT, "%s | sent %d  lost %d  longest outage %.2f s  p99 now %s, before %s%s",
				live(moment), moment.sent(), moment.lost(), moment.longestOutageMs() / 1000.0,
				milliseconds(moment.p99NowMs()), milliseconds(moment.p99SteadyMs()),
				moment.running().isEmpty() ? "" : " | " + String.join(", ", moment.running()));
	}

	private static String live(Moment moment) {
		if (moment.live().isEmpty()) {
			return (moment.sent() > 0) ? "nobody answers" : "waiting for the first answer";
		}
		return moment.live()
			.stream()
			.map((version) -> version.isEmpty() ? "a release" : version)
			.collect(Collectors.joining(" + ")) + " live";
	}

	private static String milliseconds(@Nullable Double ms) {
		return (ms != null) ? String.format(Locale.ROOT, "%.1f ms", ms) : "-";
	}

	private void tell() {
		Moment moment = this.watch.moment(Duration.ofMillis(4 * FRAME_MS));
		if (moment.span().toMs() + PLAIN_MS < this.statusMs) {
			// Counting began anew
			this.statusMs = 0;
		}
		this.told.retainAll(moment.events());
		moment.events().stream().filter(this.told::add).forEach((event) -> tell(event.atMs(), event.name()));
		if (moment.span().toMs() >= this.statusMs) {
			tell(moment.span().toMs(), status(moment));
			this.statusMs = moment.span().toMs() + PLAIN_MS;
		}
	}

	private void tell(long atMs, String text) {
		this.terminal.writer().printf(Locale.ROOT, "%7.1f s  %s%n", atMs / 1000.0, text);
		this.terminal.flush();
	}

	@Override
	public void close() throws IOException {
		this.timer.shutdownNow();
		try {
			// What is printed next must not meet a last frame
			this.timer.awaitTermination(2, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (this.display != null) {
			this.display.update(List.of(), 0);
		}
		this.terminal.close();
	}

}
