package dev.zerodowntime.probe;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLSocket;

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
			Tls tls = Tls.of(Probe.to(server.url()).insecure(true).config());
			long first = sessionCreated(tls, server, true);
			TimeUnit.MILLISECONDS.sleep(20);
			assertThat(sessionCreated(tls, server, true)).as("may be resumed").isEqualTo(first);
			assertThat(sessionCreated(tls, server, false)).as("fresh").isGreaterThan(first);
			long fresh = sessionCreated(tls, server, false);
			TimeUnit.MILLISECONDS.sleep(20);
			assertThat(sessionCreated(tls, server, false)).as("fresh, after a fresh one").isGreaterThan(fresh);
		}
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
