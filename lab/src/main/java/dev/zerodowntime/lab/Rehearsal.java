package dev.zerodowntime.lab;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import dev.zerodowntime.probe.CommandResult;
import dev.zerodowntime.probe.Events;
import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.Probe;
import dev.zerodowntime.probe.ProbeBuilder;
import dev.zerodowntime.probe.ProbeException;
import dev.zerodowntime.probe.report.HtmlReport;
import dev.zerodowntime.probe.report.JsonReport;
import org.jspecify.annotations.Nullable;

/**
 * A deployment under load, on a little server: one release is live, the probe plays the
 * visitors, and the stage's own {@code deploy.sh} ships the next release meanwhile.
 *
 * <pre>{@code
 * try (LittleServer server = LittleServer.of(Stage.named("step1")).start()) {
 *     Rehearsed rehearsed = new Rehearsal(server).run("v1", "v2");
 * }
 * }</pre>
 */
public final class Rehearsal {

	private static final double DEFAULT_RATE = 100;

	private static final int ENTRIES = 20;

	private static final String SCRIPT = "./deploy.sh";

	private final LittleServer server;

	private double rate = DEFAULT_RATE;

	private @Nullable Variant variant;

	private boolean reboot;

	private boolean tls;

	private boolean live;

	private int deploys = 1;

	private @Nullable Long guess;

	private Consumer<String> output = (line) -> {
	};

	private Consumer<Probe> watcher = (probe) -> {
	};

	/**
	 * Prepares a rehearsal.
	 * @param server where to deploy; nothing has to be live on it yet
	 */
	public Rehearsal(LittleServer server) {
		this.server = server;
	}

	/**
	 * Sets how many requests are sent.
	 * @param perSecond in each connection mode, default 100
	 * @return this
	 */
	public Rehearsal rate(double perSecond) {
		this.rate = perSecond;
		return this;
	}

	/**
	 * Sets a change that is made to the stage's scripts first.
	 * @param variant one of the stage's own; default none
	 * @return this
	 */
	public Rehearsal variant(@Nullable Variant variant) {
		this.variant = variant;
		return this;
	}

	/**
	 * Reboots the server in the end, and waits for the service to come back by itself, 30
	 * seconds at most. Default: it is spared.
	 * @return this
	 */
	public Rehearsal thenReboot() {
		this.reboot = true;
		return this;
	}

	/**
	 * Begins with the first release live already. Default: it is deployed first.
	 * @return this
	 */
	public Rehearsal alreadyLive() {
		this.live = true;
		return this;
	}

	/**
	 * Has the visitors come over TLS, whoever made the certificate. Default: they do not.
	 * @return this
	 */
	public Rehearsal overTls() {
		this.tls = true;
		return this;
	}

	/**
	 * Ships more than once: the second release, the first again, and so on.
	 * @param times how often in all, default once; ends early with a deploy that fails
	 * @return this
	 */
	public Rehearsal deploys(int times) {
		this.deploys = times;
		return this;
	}

	/**
	 * Sets how many requests somebody believes will be lost; the report says so.
	 * @param lost over both connection modes, {@code null} if nobody guessed; default
	 * @return this
	 */
	public Rehearsal guess(@Nullable Long lost) {
		this.guess = lost;
		return this;
	}

	/**
	 * Sets who gets the deploy script's output, line by line.
	 * @param output default nobody
	 * @return this
	 */
	public Rehearsal output(Consumer<String> output) {
		this.output = output;
		return this;
	}

	/**
	 * Sets who may watch the probe at work.
	 * @param watcher is handed the probe before it begins; default nobody
	 * @return this
	 */
	public Rehearsal watchedBy(Consumer<Probe> watcher) {
		this.watcher = watcher;
		return this;
	}

	/**
	 * Brings the first release up, has visitors leave entries there, ships the second
	 * release under load, and looks what is left.
	 * @param from the release that is live at first, such as {@code v1}
	 * @param to the release that is shipped, such as {@code v2}, unless the variant ships
	 * another one
	 * @return what was found; it is written to {@code target/rehearsal} of the stage's
	 * folder as well
	 * @throws LabException if the first release does not come up, or the server is gone;
	 * the message tells where the server's logs are. A shipment that fails is no error
	 * here: see {@link Rehearsed#deploy()}
	 */
	public Rehearsed run(String from, String to) {
		Path folder = folder();
		String shipped = (this.variant != null && this.variant.ships() != null) ? this.variant.ships() : to;
		try {
			if (this.variant != null) {
				this.server.apply(this.variant);
			}
			if (!this.live) {
				this.server.exec(LittleServer.DEPLOY_LIMIT, this.output, SCRIPT, from).orThrow();
			}
			GuestBook guestBook = new GuestBook();
			guestBook.sign(this.server.url(), ENTRIES);
			Probe probe = probe();
			this.watcher.accept(probe);
			AtomicReference<Execution> deploy = new AtomicReference<>();
			Measurement measurement = measure(probe, (events) -> ship(from, shipped, events, deploy), folder);
			write(measurement, folder);
			Path logs = this.server.collectLogs(folder);
			Kept entries = guestBook.check(this.server.url()).orElse(null);
			Reboot rebooted = this.reboot ? Reboot.of(this.server, (service) -> guestBook.check(service).isPresent())
					: null;
			return new Rehearsed(this.server.stage(), this.variant, measurement, deploy.get(), entries, rebooted, logs);
		}
		catch (LabException | ProbeException ex) {
			throw new LabException("%s (the server's logs: %s)".formatted(ex.getMessage(), keepLogs(folder)), ex);
		}
	}

	/**
	 * A deploy that hangs, or a server that has gone: what was seen until then is
	 * written.
	 */
	private static Measurement measure(Probe probe, Probe.Action<LabException> action, Path folder) {
		try {
			return probe.around(action);
		}
		catch (LabException ex) {
			probe.lastMeasurement().ifPresent((seen) -> write(seen, folder));
			throw ex;
		}
	}

	private Probe probe() {
		URI url = this.tls ? this.server.secureUrl() : this.server.url();
		ProbeBuilder builder = Probe.to(url.resolve("/"))
			.insecure(this.tls)
			.rate(this.rate)
			.label("stage", this.server.stage().name());
		this.server.stage().requests().forEach(builder::request);
		if (this.variant != null) {
			builder.label("variant", this.variant.name());
		}
		if (this.guess != null) {
			builder.label("guess", this.guess.toString());
		}
		return builder.build();
	}

	private Path folder() {
		Path folder = this.server.stage().directory().resolve("target").resolve("rehearsal");
		return (this.variant != null) ? folder.resolve(this.variant.name()) : folder;
	}

	private String keepLogs(Path directory) {
		try {
			return this.server.collectLogs(directory).toString();
		}
		catch (LabException ex) {
			return "lost, " + ex.getMessage();
		}
	}

	private CommandResult ship(String from, String to, Events events, AtomicReference<Execution> last) {
		long fromMs = events.nowMs();
		Execution deploy = ship(to, events);
		for (int i = 1; i < this.deploys && deploy.succeeded(); i++) {
			deploy = ship((i % 2 == 1) ? from : to, events);
		}
		last.set(deploy);
		return new CommandResult(deploy.command(), deploy.exitCode(), fromMs, events.nowMs(), deploy.lines());
	}

	private Execution ship(String version, Events events) {
		events.mark("deploy started");
		Execution deploy = this.server.exec(LittleServer.DEPLOY_LIMIT, (line) -> {
			events.markIfAnnounced(line);
			this.output.accept(line);
		}, SCRIPT, version);
		events.mark("deploy exited " + deploy.exitCode());
		return deploy;
	}

	private static void write(Measurement measurement, Path directory) {
		try {
			JsonReport.write(measurement.report(), directory.resolve("report.json"));
			HtmlReport.write(measurement, directory.resolve("report.html"));
		}
		catch (IOException ex) {
			throw new LabException("cannot write the report: " + ex.getMessage(), ex);
		}
	}

}
