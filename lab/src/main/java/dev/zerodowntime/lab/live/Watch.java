package dev.zerodowntime.lab.live;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import dev.zerodowntime.lab.LabException;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.Probe;
import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.Event;
import dev.zerodowntime.probe.model.Events;
import dev.zerodowntime.probe.model.Span;
import org.jspecify.annotations.Nullable;

/**
 * Plays the visitors of a little server that is up, and shows what they see while they
 * see it: on a page of this machine, and to whoever asks for a {@link #moment(Duration)}.
 *
 * <pre>{@code
 * try (Watch watch = Watch.of(server, 50, 7070)) {
 *     Measurement seen = watch.run();
 * }
 * }</pre>
 */
public final class Watch implements AutoCloseable {

	/** After this long a new count begins by itself: nobody can remember more. */
	private static final Duration LONGEST_COUNT = Duration.ofHours(1);

	private static final Duration BASELINE = Duration.ofSeconds(1);

	private static final long TICK_MS = 100;

	private static final int TICKS_PER_SCORES = 3;

	private static final int MOST_PAGES = 40;

	private static final int MOST_LINES = 200;

	private final LittleServer server;

	private final double rate;

	private final Website website;

	private final Deployer deployer;

	private final Feed feed = new Feed(MOST_PAGES);

	private final Told told;

	private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor((work) -> {
		Thread thread = new Thread(work, "live-ticker");
		thread.setDaemon(true);
		return thread;
	});

	private final Queue<Answer> incoming = new ConcurrentLinkedQueue<>();

	private final Deque<String> lines = new ArrayDeque<>();

	private final List<String> running = new ArrayList<>();

	private final Object lock = new Object();

	private Round round = new Round();

	/** How many there were: a page that hears of the same one again keeps its view. */
	private int rounds;

	private CountDownLatch endOfRound = new CountDownLatch(1);

	private boolean endOfAll;

	private boolean isToCountAnew;

	private @Nullable Events events;

	private @Nullable String problem;

	private long ticks;

	private Watch(LittleServer server, double rate, int port) {
		this.server = server;
		this.rate = rate;
		this.deployer = new Deployer(server);
		this.website = Website.onLoopback(port);
		try {
			this.told = Told.follow(server, new Ear());
		}
		catch (LabException ex) {
			this.website.close();
			throw ex;
		}
		this.website.file("/", "live.html")
			.file("/live.css", "live.css")
			.file("/live.js", "live.js")
			.file("/chart.js", "chart.js")
			.file("/page.js", "page.js")
			.file("/words.js", "words.js")
			.get("/events", this::follow)
			.post("/deploy", this::deploy)
			.post("/rollback", this::rollBack)
			.post("/reset", this::reset)
			.start();
		this.ticker.scheduleAtFixedRate(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
	}

	/**
	 * Opens the page. It shows nothing before {@link #run()}.
	 * @param server a little server with a release live on it
	 * @param rate requests per second in each connection mode
	 * @param port the page's port on 127.0.0.1, 0 for any that is free
	 * @return to be run and closed
	 * @throws LabException if the port is taken or the server is gone
	 */
	public static Watch of(LittleServer server, double rate, int port) {
		return new Watch(server, rate, port);
	}

	/**
	 * Where the page is.
	 * @return such as {@code http://127.0.0.1:7070/}
	 */
	public String url() {
		return this.website.url();
	}

	/**
	 * Plays the visitors until {@link #stop() stopped}, or until the server is gone.
	 * @return what they saw since counting began for the last time
	 * @throws dev.zerodowntime.probe.NothingAnswersException if nothing answered in the
	 * first second
	 */
	public Measurement run() {
		try {
			Measurement seen = count();
			while (!isEnding()) {
				seen = count();
			}
			return seen;
		}
		catch (RuntimeException ex) {
			end(ex.getMessage());
			throw ex;
		}
		finally {
			tick();
			synchronized (this.lock) {
				this.feed.send(Frame.of("scores", scores()));
				this.feed.send(Frame.of("ended", new Ended(this.problem)));
				this.feed.end();
			}
		}
	}

	private boolean isEnding() {
		synchronized (this.lock) {
			return this.endOfAll;
		}
	}

	private Measurement count() {
		CountDownLatch end = new CountDownLatch(1);
		Probe probe = Probe.to(this.server.page())
			.rate(this.rate)
			.warmup(Duration.ZERO)
			.baseline(BASELINE)
			// Not until the service is steady: it may be gone.
			.settleLimit(Duration.ZERO)
			.label("stage", this.server.stage().name())
			.listener(this.incoming::add)
			.build();
		tick();
		synchronized (this.lock) {
			this.round = new Round();
			this.rounds++;
			this.events = null;
			this.lines.clear();
			this.endOfRound = end;
			this.isToCountAnew = false;
			if (this.endOfAll) {
				end.countDown();
			}
		}
		return probe.around((noted) -> {
			synchronized (this.lock) {
				this.events = noted;
				state().forEach(this.feed::send);
			}
			try {
				end.await(LONGEST_COUNT.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				stop();
			}
			return null;
		});
	}

	/** Ends the run. May be called from any thread, and more than once. */
	public void stop() {
		end(null);
	}

	private void end(@Nullable String why) {
		synchronized (this.lock) {
			this.endOfAll = true;
			if (this.problem == null) {
				this.problem = why;
			}
			this.endOfRound.countDown();
		}
	}

	/**
	 * Why the run ended by itself.
	 * @return one line, {@code null} if it was stopped
	 */
	public @Nullable String problem() {
		synchronized (this.lock) {
			return this.problem;
		}
	}

	/**
	 * Tells where the count stands.
	 * @param window how much of the recent past to tell answer by answer
	 * @return a snapshot
	 */
	public Moment moment(Duration window) {
		synchronized (this.lock) {
			Scores scores = scores();
			long toMs = scores.atMs();
			long fromMs = Math.max(0, toMs - window.toMillis());
			return new Moment(scores.sent(), scores.lost(), scores.longestOutageMs(), scores.p99NowMs(),
					scores.p99SteadyMs(), scores.live(), List.copyOf(this.running), this.round.versions(),
					new Span(fromMs, Math.max(fromMs + 1, toMs)), this.round.slices(),
					this.round.events().stream().filter((event) -> event.atMs() >= fromMs).toList());
		}
	}

	private Scores scores() {
		return this.round.scores((this.events != null) ? Math.max(0, this.events.nowMs()) : 0);
	}

	private void tick() {
		synchronized (this.lock) {
			List<Answer> come = new ArrayList<>();
			for (Answer answer = this.incoming.poll(); answer != null; answer = this.incoming.poll()) {
				come.add(answer);
				this.round.add(answer);
			}
			if (this.events == null) {
				return;
			}
			Frame.ofAnswers(come).forEach(this.feed::send);
			if (this.ticks++ % TICKS_PER_SCORES == 0) {
				this.feed.send(Frame.of("scores", scores()));
			}
		}
	}

	private Hello hello() {
		return new Hello(this.rounds, this.server.stage().name(), this.deployer.releases(), this.deployer.canRollBack(),
				this.round.versions(), this.round.events(), List.copyOf(this.lines), List.copyOf(this.running),
				scores());
	}

	private void follow(HttpExchange exchange) throws IOException {
		this.feed.serve(exchange, this.lock, this::state);
	}

	/** All that a page has to know before what comes next. */
	private List<byte[]> state() {
		List<byte[]> frames = new ArrayList<>(List.of(Frame.of("hello", hello())));
		frames.addAll(Frame.ofAnswers(this.round.answers()));
		return frames;
	}

	private void deploy(HttpExchange exchange) throws IOException {
		String version = Objects.requireNonNullElse(Website.parameter(exchange, "version"), "");
		if (!this.deployer.releases().contains(version)) {
			Website.answer(exchange, 400, "no such version: there is " + String.join(", ", this.deployer.releases()));
			return;
		}
		accepted(exchange, this.deployer.deploy(version, () -> {
		}));
	}

	private void rollBack(HttpExchange exchange) throws IOException {
		if (!this.deployer.canRollBack()) {
			Website.answer(exchange, 400, this.server.stage().name() + " has no rollback.sh");
			return;
		}
		accepted(exchange, this.deployer.rollBack());
	}

	/** The first release again, and counting from zero. */
	private void reset(HttpExchange exchange) throws IOException {
		String first = this.deployer.releases().get(0);
		boolean isLive;
		synchronized (this.lock) {
			isLive = this.running.isEmpty() && scores().live().equals(List.of(first));
		}
		if (isLive) {
			countAnew();
			accepted(exchange, true);
			return;
		}
		accepted(exchange, this.deployer.deploy(first, this::countAnew));
	}

	/** As soon as all is said of what belongs to the old count. */
	private void countAnew() {
		synchronized (this.lock) {
			this.isToCountAnew = true;
			countAnewWhenIdle();
		}
	}

	private void countAnewWhenIdle() {
		if (this.isToCountAnew && this.running.isEmpty()) {
			this.endOfRound.countDown();
		}
	}

	private static void accepted(HttpExchange exchange, boolean begun) throws IOException {
		if (begun) {
			Website.answer(exchange, 202, "begun");
		}
		else {
			Website.answer(exchange, 409, "two scripts run already: wait for one");
		}
	}

	/** Removes the page; the server stays up. */
	@Override
	public void close() {
		stop();
		this.told.close();
		this.ticker.shutdownNow();
		this.website.close();
	}

	/** Hears what the scripts say. */
	private final class Ear implements Told.Listener {

		@Override
		public void begun(String command) {
			synchronized (Watch.this.lock) {
				Watch.this.running.add(command);
				mark(command.replaceFirst("^\\./", "") + " started");
				line("$ " + command);
				running();
			}
		}

		@Override
		public void said(String line) {
			synchronized (Watch.this.lock) {
				if (line.startsWith(Events.LINE_PREFIX)) {
					mark(line.substring(Events.LINE_PREFIX.length()).trim());
				}
				line(line);
			}
		}

		@Override
		public void ended(String command, String status) {
			synchronized (Watch.this.lock) {
				Watch.this.running.remove(command);
				mark("exited " + status);
				running();
				countAnewWhenIdle();
			}
		}

		@Override
		public void gone() {
			String stage = Watch.this.server.stage().name();
			end("the %s server is gone: ./workshop up %1$s".formatted(stage));
		}

		private void mark(String name) {
			Events noted = Watch.this.events;
			if (noted != null) {
				Event event = new Event(Math.max(0, noted.nowMs()), name);
				noted.mark(name);
				Watch.this.round.add(event);
				Watch.this.feed.send(Frame.of("event", event));
			}
		}

		private void line(String line) {
			Watch.this.lines.addLast(line);
			if (Watch.this.lines.size() > MOST_LINES) {
				Watch.this.lines.removeFirst();
			}
			Watch.this.feed.send(Frame.of("line", line));
		}

		private void running() {
			Watch.this.feed.send(Frame.of("running", List.copyOf(Watch.this.running)));
		}

	}

	/** What a page has to know before the answers. */
	private record Hello(int round, String stage, List<String> releases, boolean canRollBack, List<String> versions,
			List<Event> events, List<String> lines, List<String> running, Scores scores) {
	}

	private record Ended(@Nullable String problem) {
	}

}
