package dev.zerodowntime.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import dev.zerodowntime.probe.CommandResult;
import dev.zerodowntime.probe.Events;
import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.Probe;
import dev.zerodowntime.probe.ProbeException;
import dev.zerodowntime.probe.report.HtmlReport;
import dev.zerodowntime.probe.report.JsonReport;

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

	private static final String SCRIPT = "./deploy.sh";

	private final LittleServer server;

	private double rate = DEFAULT_RATE;

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
	 * Brings the first release up, then ships the second under load.
	 * @param from the release that is live at first, such as {@code v1}
	 * @param to the release that is shipped, such as {@code v2}
	 * @return what was found; it is written to {@code target/rehearsal} of the stage's
	 * folder as well
	 * @throws LabException if the first release does not come up, or the server is gone;
	 * the message tells where the server's logs are. A shipment that fails is no error
	 * here: see {@link Rehearsed#deploy()}
	 */
	public Rehearsed run(String from, String to) {
		Path kept = this.server.stage().directory().resolve("target").resolve("rehearsal");
		try {
			this.server.exec(this.output, SCRIPT, from).orThrow();
			Probe probe = Probe.to(this.server.url().resolve("/")).rate(this.rate).build();
			this.watcher.accept(probe);
			AtomicReference<Execution> deploy = new AtomicReference<>();
			Measurement measurement = probe.around((events) -> ship(to, events, deploy));
			write(measurement, kept);
			return new Rehearsed(this.server.stage(), measurement, deploy.get(), this.server.collectLogs(kept));
		}
		catch (LabException | ProbeException ex) {
			throw new LabException("%s (the server's logs: %s)".formatted(ex.getMessage(), keepLogs(kept)), ex);
		}
	}

	private String keepLogs(Path directory) {
		try {
			return this.server.collectLogs(directory).toString();
		}
		catch (LabException ex) {
			return "lost, " + ex.getMessage();
		}
	}

	private CommandResult ship(String version, Events events, AtomicReference<Execution> deploy) {
		long fromMs = events.nowMs();
		events.mark("deploy started");
		Execution execution = this.server.exec((line) -> {
			events.markIfAnnounced(line);
			this.output.accept(line);
		}, SCRIPT, version);
		events.mark("deploy exited " + execution.exitCode());
		deploy.set(execution);
		return new CommandResult(execution.command(), execution.exitCode(), fromMs, events.nowMs(), execution.lines());
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
