package dev.zerodowntime.lab;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import dev.zerodowntime.probe.CommandResult;
import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.Probe;
import dev.zerodowntime.probe.ProbeBuilder;
import dev.zerodowntime.probe.Report;

/**
 * A command on a little server, and what visitors noticed of it, on fresh and on
 * keep-alive connections.
 *
 * @param execution how the command went
 * @param measurement what the visitors found, from a second before it until nothing was
 * lost for a second
 */
public record UnderLoad(Execution execution, Measurement measurement) {

	/** Requests per second in each connection mode, unless told otherwise: 100. */
	public static final double DEFAULT_RATE = 100;

	private static final Duration MARGIN = Duration.ofSeconds(1);

	/**
	 * Runs a command while the probe plays the visitors.
	 * @param server where to; something has to be live there
	 * @param rate requests per second in each connection mode
	 * @param limit how long the command may take
	 * @param lines gets each line of its output
	 * @param command the command and its arguments
	 * @return what was found
	 * @throws LabException if the command takes too long or the server is gone
	 */
	public static UnderLoad run(LittleServer server, double rate, Duration limit, Consumer<String> lines,
			String... command) {
		return run(Probe.to(server.url().resolve("/")).rate(rate), server, limit, lines, command);
	}

	/**
	 * Runs a command while the probe sends requests over TLS, whoever made the
	 * certificate.
	 * @param server where to; something has to be live there
	 * @param rate requests per second in each connection mode
	 * @param limit how long the command may take
	 * @param command the command and its arguments
	 * @return what was found
	 * @throws LabException if the command takes too long or the server is gone
	 */
	public static UnderLoad runOverTls(LittleServer server, double rate, Duration limit, String... command) {
		ProbeBuilder probe = Probe.to(server.secureUrl().resolve("/")).insecure(true).rate(rate);
		return run(probe, server, limit, (line) -> {
		}, command);
	}

	private static UnderLoad run(ProbeBuilder probe, LittleServer server, Duration limit, Consumer<String> lines,
			String... command) {
		AtomicReference<Execution> ended = new AtomicReference<>();
		server.stage().requests().forEach(probe::request);
		probe.baseline(MARGIN).settle(MARGIN);
		Measurement measurement = probe.build().around((events) -> {
			long fromMs = events.nowMs();
			Execution execution = server.exec(limit, (line) -> {
				events.markIfAnnounced(line);
				lines.accept(line);
			}, command);
			ended.set(execution);
			return new CommandResult(execution.command(), execution.exitCode(), fromMs, events.nowMs(),
					execution.lines());
		});
		return new UnderLoad(ended.get(), measurement);
	}

	/**
	 * The verdict.
	 * @return the measurement's report
	 */
	public Report report() {
		return this.measurement.report();
	}

}
