package dev.zerodowntime.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

/**
 * Runs the probe's own code hot, on a server of its own, so that the first requests of a
 * measurement do not wait for class loading and the JIT.
 */
final class SelfWarmup {

	private static final Duration DURATION = Duration.ofSeconds(1);

	private static final double RATE = 1000;

	/** A cold handshake costs milliseconds of CPU: more of them would only queue up. */
	private static final double TLS_RATE = 100;

	private static boolean plainDone;

	private static boolean tlsDone;

	private SelfWarmup() {
	}

	/** Does it for plain HTTP or for TLS, each the first time in this JVM. */
	static synchronized void once(boolean tls) {
		try {
			if (!plainDone) {
				plainDone = true;
				run(HttpServer.create(loopback(), 0), "http", RATE);
			}
			if (tls && !tlsDone) {
				tlsDone = true;
				run(httpsServer(), "https", TLS_RATE);
			}
		}
		catch (IOException ex) {
			throw new ProbeException("cannot warm up on loopback: " + ex.getMessage(), ex);
		}
	}

	private static HttpsServer httpsServer() throws IOException {
		Path directory = Files.createTempDirectory("probe");
		try {
			HttpsServer server = HttpsServer.create(loopback(), 0);
			server.setHttpsConfigurator(new HttpsConfigurator(LoopbackCertificate.in(directory).context()));
			return server;
		}
		finally {
			for (String name : LoopbackCertificate.FILES) {
				Files.deleteIfExists(directory.resolve(name));
			}
			Files.delete(directory);
		}
	}

	private static void run(HttpServer server, String scheme, double rate) {
		ExecutorService threads = Executors.newCachedThreadPool((work) -> {
			Thread thread = new Thread(work, "probe-self-warmup");
			thread.setDaemon(true);
			return thread;
		});
		try {
			server.setExecutor(threads);
			server.createContext("/", (exchange) -> {
				byte[] answer = "ok".getBytes(StandardCharsets.UTF_8);
				exchange.sendResponseHeaders(200, answer.length);
				exchange.getResponseBody().write(answer);
				exchange.close();
			});
			server.start();
			InetSocketAddress address = server.getAddress();
			send(URI.create(scheme + "://" + address.getAddress().getHostAddress() + ":" + address.getPort()), rate);
		}
		finally {
			server.stop(0);
			threads.shutdownNow();
		}
	}

	private static void send(URI url, double rate) {
		ProbeConfig config = Probe.to(url).rate(rate).insecure(true).config();
		try (Run run = new Run(config, Target.of(config))) {
			run.sendUntil(DURATION.toNanos(), new Stop());
			run.finish();
		}
	}

	private static InetSocketAddress loopback() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
	}

}
