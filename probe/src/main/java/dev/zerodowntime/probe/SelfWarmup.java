package dev.zerodowntime.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;

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

	/**
	 * In a new JVM the first handshakes cost more than ten times the CPU of later ones;
	 * after some hundreds they have become cheap.
	 */
	private static final int TLS_HANDSHAKES = 500;

	/** On a busy machine fewer handshakes have to do. */
	private static final Duration TLS_LIMIT = Duration.ofSeconds(10);

	private static boolean plainDone;

	private static boolean tlsDone;

	private SelfWarmup() {
	}

	/** Does it for plain HTTP or for TLS, each the first time in this JVM. */
	static synchronized void once(boolean tls) {
		try {
			if (!plainDone) {
				plainDone = true;
				run(HttpServer.create(loopback(), 0), (port) -> Probe.to(url("http", port)).rate(RATE),
						SelfWarmup::send);
			}
			if (tls && !tlsDone) {
				tlsDone = true;
				runTls();
			}
		}
		catch (IOException ex) {
			throw new ProbeException("cannot warm up on loopback: " + ex.getMessage(), ex);
		}
	}

	private static void runTls() throws IOException {
		Path directory = Files.createTempDirectory("probe");
		try {
			LoopbackCertificate certificate = LoopbackCertificate.in(directory);
			HttpsServer server = HttpsServer.create(loopback(), 0);
			server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
			// Checked as a real one is, so that the check is warm as well.
			run(server, (port) -> Probe.to(url("https", port)).caCertificates(certificate.pem()),
					SelfWarmup::sendOneByOne);
		}
		finally {
			for (String name : LoopbackCertificate.FILES) {
				Files.deleteIfExists(directory.resolve(name));
			}
			Files.delete(directory);
		}
	}

	private static void run(HttpServer server, IntFunction<ProbeBuilder> probe, Consumer<ProbeConfig> send) {
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
			send.accept(probe.apply(server.getAddress().getPort()).config());
		}
		finally {
			server.stop(0);
			threads.shutdownNow();
		}
	}

	private static void send(ProbeConfig config) {
		try (Run run = new Run(config, Target.of(config))) {
			run.sendUntil(DURATION.toNanos(), new Stop());
			run.finish();
		}
	}

	/**
	 * Each as soon as the one before it has its outcome: at a rate, cold handshakes would
	 * only queue up and compete for the CPU.
	 */
	private static void sendOneByOne(ProbeConfig config) {
		Schedule schedule = new Schedule(0, 1, config.modes());
		Clock clock = new Clock();
		Semaphore outcomes = new Semaphore(0);
		try (Sender sender = new Sender(Target.of(config), clock, config.timeout().toNanos(),
				(answer) -> outcomes.release(), () -> {
				})) {
			int turns = TLS_HANDSHAKES * config.modes().size();
			for (int turn = 0; turn < turns && clock.now() < TLS_LIMIT.toNanos(); turn++) {
				sender.send(schedule.slot(turn));
				// The sender's own timeout ends the request; this one is for the sender.
				if (!outcomes.tryAcquire(2 * config.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
					return;
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static URI url(String scheme, int port) {
		return URI.create(scheme + "://127.0.0.1:" + port + "/");
	}

	private static InetSocketAddress loopback() {
		return new InetSocketAddress("127.0.0.1", 0);
	}

}
