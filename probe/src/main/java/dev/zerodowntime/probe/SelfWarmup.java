package dev.zerodowntime.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpServer;

/**
 * Runs the probe's own code hot, on a server of its own, so that the first requests of a
 * measurement do not wait for class loading and the JIT.
 */
final class SelfWarmup {

	private static final Duration DURATION = Duration.ofSeconds(1);

	private static final double RATE = 1000;

	private static boolean done;

	private SelfWarmup() {
	}

	/** Does it, the first time in this JVM. */
	static synchronized void once() {
		if (done) {
			return;
		}
		done = true;
		ExecutorService threads = Executors.newCachedThreadPool((work) -> {
			Thread thread = new Thread(work, "probe-self-warmup");
			thread.setDaemon(true);
			return thread;
		});
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.setExecutor(threads);
			server.createContext("/", (exchange) -> {
				byte[] answer = "ok".getBytes(StandardCharsets.UTF_8);
				exchange.sendResponseHeaders(200, answer.length);
				exchange.getResponseBody().write(answer);
				exchange.close();
			});
			server.start();
			send(server.getAddress());
			server.stop(0);
		}
		catch (IOException ex) {
			throw new ProbeException("cannot open a port on loopback: " + ex.getMessage(), ex);
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static void send(InetSocketAddress address) {
		URI url = URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/");
		ProbeConfig config = Probe.to(url).rate(RATE).warmup(Duration.ZERO).config();
		try (Run run = new Run(config, new Target(config, address, null))) {
			run.sendUntil(DURATION.toNanos(), new Stop());
			run.finish();
		}
	}

}
