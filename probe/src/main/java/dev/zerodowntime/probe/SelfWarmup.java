package dev.zerodowntime.probe;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import javax.net.ServerSocketFactory;

import dev.zerodowntime.probe.pacing.Clock;
import dev.zerodowntime.probe.pacing.Faults;
import dev.zerodowntime.probe.pacing.Schedule;
import dev.zerodowntime.probe.wire.LoopbackCertificate;
import dev.zerodowntime.probe.wire.Sender;
import dev.zerodowntime.probe.wire.Target;

/**
 * Runs the probe's own code hot, on a server of its own, so that the first requests of a
 * measurement do not wait for class loading and the JIT.
 */
final class SelfWarmup {

	private static final System.Logger LOGGER = System.getLogger(SelfWarmup.class.getName());

	private static final Duration DURATION = Duration.ofSeconds(1);

	private static final double RATE = 1000;

	/**
	 * In a new JVM the first handshakes cost more than ten times the CPU of later ones;
	 * after some hundreds they have become cheap.
	 */
	private static final int TLS_HANDSHAKES = 300;

	/** On a busy machine fewer handshakes have to do. */
	private static final Duration TLS_LIMIT = Duration.ofSeconds(10);

	private static boolean plainDone;

	private static boolean tlsDone;

	private SelfWarmup() {
	}

	/**
	 * Does it for plain HTTP or for TLS, each the first time in this JVM. Where that is
	 * not possible it is left out.
	 */
	static synchronized void once(boolean tls) {
		try {
			if (!plainDone) {
				plainDone = true;
				try (WarmupServer server = WarmupServer.start(ServerSocketFactory.getDefault())) {
					send(Probe.to(url("http", server.port())).rate(RATE).config());
				}
			}
			if (tls && !tlsDone) {
				tlsDone = true;
				runTls();
			}
		}
		catch (IOException | RuntimeException | Error ex) {
			// Without loopback or keytool: the first requests may be slower, that is all.
			LOGGER.log(System.Logger.Level.DEBUG, "no warm-up of the probe itself", ex);
		}
	}

	private static void runTls() throws IOException {
		Path directory = Files.createTempDirectory("probe");
		try {
			LoopbackCertificate certificate = LoopbackCertificate.in(directory);
			try (WarmupServer server = WarmupServer.start(certificate.context().getServerSocketFactory())) {
				// Checked as a real one is, so that the check is warm as well.
				sendOneByOne(Probe.to(url("https", server.port())).caCertificates(certificate.pem()).config());
			}
		}
		finally {
			for (String name : LoopbackCertificate.FILES) {
				Files.deleteIfExists(directory.resolve(name));
			}
			Files.delete(directory);
		}
	}

	private static void send(ProbeConfig config) {
		try (Run run = new Run(config, Target.of(config.target()))) {
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
		try (Sender sender = new Sender(Target.of(config.target()), clock, config.timeout().toNanos(),
				(answer) -> outcomes.release(), () -> {
				}, new Faults())) {
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

}
