package dev.zerodowntime.probe.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.zerodowntime.probe.FaultServer;
import dev.zerodowntime.probe.FaultServer.Fault;
import dev.zerodowntime.probe.Probe;
import dev.zerodowntime.probe.model.ConnectionMode;

/**
 * What load tools report when a server closes every fiftieth reused connection instead of
 * answering. The truth is the server's own count.
 */
final class Honesty {

	private static final int REQUESTS = 2000;

	private static final int EVERY = 50;

	private final PrintStream out;

	Honesty(PrintStream out) {
		this.out = out;
	}

	void compare() throws IOException, InterruptedException {
		this.out.println(
				"| tool, on keep-alive connections | requests the server read | requests it cut | reported lost |");
		this.out.println("| --- | ---: | ---: | ---: |");
		row("probe",
				(url) -> Probe.to(url)
					.rate(500)
					.connections(ConnectionMode.KEEP_ALIVE)
					.warmup(Duration.ZERO)
					.build()
					.run(Duration.ofSeconds(REQUESTS / 500))
					.report()
					.totalDropped());
		row("hey", (url) -> {
			String output = output("hey -n " + REQUESTS + " -c 1 " + url);
			return REQUESTS - number(output, "\\[200]\\s+(\\d+) responses");
		});
		row("wrk", (url) -> number(output("wrk -t 1 -c 1 -d 2s " + url), "Socket errors: connect \\d+, read (\\d+)"));
	}

	private void row(String name, Tool tool) throws IOException, InterruptedException {
		try (FaultServer server = FaultServer
			.of((request, onConnection) -> (onConnection == EVERY - 1) ? Fault.FIN : Fault.NONE)) {
			long reported = tool.lost(server.url());
			this.out.printf(Locale.ROOT, "| %s | %d | %d | %d |%n", name, server.heads(), server.injected(), reported);
		}
	}

	private static String output(String command) throws IOException {
		Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
		return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	/** Both tools leave the line out where there is nothing to count. */
	private static long number(String output, String pattern) {
		Matcher matcher = Pattern.compile(pattern).matcher(output);
		return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
	}

	@FunctionalInterface
	private interface Tool {

		long lost(URI url) throws IOException, InterruptedException;

	}

}
