package dev.zerodowntime.probe.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.zerodowntime.probe.model.ConnectionMode;

/**
 * One run of another load generator.
 *
 * @param requests how many it says it sent
 * @param cpuMicros the CPU time it used, start-up included
 */
record OtherTool(long requests, long cpuMicros) {

	private static final int WORKERS = 10;

	/** What {@code times} prints last: user and system time of the shell's children. */
	private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s\\s*$");

	double microsPerRequest() {
		return (double) this.cpuMicros / this.requests;
	}

	static OtherTool hey(URI url, ConnectionMode mode, int rate, Duration time)
			throws IOException, InterruptedException {
		String fresh = (mode == ConnectionMode.FRESH) ? " -disable-keepalive" : "";
		return run("hey -z " + time.toSeconds() + "s -c " + WORKERS + " -q " + rate / WORKERS + fresh + " " + url,
				"\\[200]\\s+(\\d+) responses");
	}

	/** As fast as it can: wrk knows no rate. */
	static OtherTool wrk(URI url, ConnectionMode mode, Duration time) throws IOException, InterruptedException {
		String fresh = (mode == ConnectionMode.FRESH) ? " -H 'Connection: close'" : "";
		return run("wrk -t 1 -c " + WORKERS + " -d " + time.toSeconds() + "s" + fresh + " " + url,
				"(\\d+) requests in");
	}

	private static OtherTool run(String command, String requests) throws IOException, InterruptedException {
		Process process = new ProcessBuilder("sh", "-c", command + "; times").redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		process.waitFor();
		Matcher sent = Pattern.compile(requests).matcher(output);
		Matcher times = TIMES.matcher(output);
		if (!sent.find() || !times.find()) {
			throw new IOException("cannot read what this printed: " + command + "\n" + output);
		}
		double seconds = 60 * (Double.parseDouble(times.group(1)) + Double.parseDouble(times.group(3)))
				+ Double.parseDouble(times.group(2)) + Double.parseDouble(times.group(4));
		return new OtherTool(Long.parseLong(sent.group(1)), Math.round(seconds * 1_000_000));
	}

}
