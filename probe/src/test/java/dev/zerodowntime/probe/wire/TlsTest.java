package dev.zerodowntime.probe.wire;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLSocket;

import dev.zerodowntime.probe.FaultServer;
import dev.zerodowntime.probe.Probe;
import dev.zerodowntime.probe.Targets;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.ModeReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class TlsTest {

	private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
		.getBytes(StandardCharsets.US_ASCII);

	@TempDir
	private Path directory;

	/** A session that is resumed is as old as the handshake that made it. */
	@Test
	void aFreshConnectionDoesAFullHandshake() throws Exception {
		LoopbackCertificate certificate = LoopbackCertificate.in(this.directory);
		try (FaultServer server = FaultServer.tls((request, onConnection) -> FaultServer.Fault.NONE, certificate)) {
			Tls tls = Tls.of(Targets.config(Probe.to(server.url()).insecure(true)));
			long first = sessionCreated(tls, server, true);
			TimeUnit.MILLISECONDS.sleep(20);
			assertThat(sessionCreated(tls, server, true)).as("may be resumed").isEqualTo(first);
			assertThat(sessionCreated(tls, server, false)).as("fresh").isGreaterThan(first);
			long fresh = sessionCreated(tls, server, false);
			TimeUnit.MILLISECONDS.sleep(20);
			assertThat(sessionCreated(tls, server, false)).as("fresh, after a fresh one").isGreaterThan(fresh);
		}
	}

	@Test
	void theCertificateMustHaveTheNameOfTheUrlWhateverTheAddressIs() throws Exception {
		LoopbackCertificate certificate = LoopbackCertificate.in(this.directory);
		try (FaultServer server = FaultServer.tls((request, onConnection) -> FaultServer.Fault.NONE, certificate)) {
			assertThat(oneAnswer("https://localhost:1/", server, certificate).dropsByKind()).isEmpty();
			assertThat(oneAnswer("https://shop.invalid/", server, certificate).dropsByKind()).containsOnlyKeys("tls");
		}
	}

	private static ModeReport oneAnswer(String url, FaultServer server, LoopbackCertificate certificate) {
		ModeReport report = Probe.to(URI.create(url))
			.connectTo("127.0.0.1:" + server.port())
			.caCertificates(certificate.pem())
			.connections(ConnectionMode.FRESH)
			.rate(5)
			.timeout(Duration.ofSeconds(30))
			.warmup(Duration.ZERO)
			.build()
			.run(Duration.ofMillis(200))
			.report()
			.modes()
			.get(ConnectionMode.FRESH);
		assertThat(report.sent()).isEqualTo(1);
		return report;
	}

	private static long sessionCreated(Tls tls, FaultServer server, boolean resume) throws IOException {
		try (Socket plain = new Socket("127.0.0.1", server.port());
				SSLSocket socket = (SSLSocket) tls.handshake(plain, "127.0.0.1", server.port(), resume)) {
			socket.getOutputStream().write(REQUEST);
			socket.getInputStream().readAllBytes();
			return socket.getSession().getCreationTime();
		}
	}

}
