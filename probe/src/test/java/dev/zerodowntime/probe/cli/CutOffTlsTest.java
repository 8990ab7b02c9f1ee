package dev.zerodowntime.probe.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import javax.net.ssl.SSLSocket;

import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.report.JsonReport;
import dev.zerodowntime.probe.wire.LoopbackCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** An answer without a length ends with the connection: over TLS with close_notify. */
@Timeout(90)
class CutOffTlsTest {

	@TempDir
	private Path directory;

	@Test
	void aBodyThatEndsWithoutCloseNotifyIsCutOff() throws Exception {
		LoopbackCertificate certificate = LoopbackCertificate.in(this.directory);
		try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 }))) {
			Thread server = new Thread(() -> answerHalfOfEachRequest(listener, certificate));
			server.setDaemon(true);
			server.start();
			Path json = this.directory.resolve("report.json");
			List<String> line = List.of(ProcessHandle.current().info().command().orElse("java"), "-cp",
					System.getProperty("java.class.path"), Main.class.getName(), "run", "--url",
					"https://127.0.0.1:" + listener.getLocalPort() + "/", "--insecure", "--warmup", "0s", "--rate", "5",
					"--duration", "1s", "--connections", "fresh", "--json", json.toString());
			try (ChildProcess probe = ChildProcess.start(this.directory.resolve("output"), line)) {
				probe.awaitExit();
				assertThat(JsonReport.read(json).modes().get(ConnectionMode.FRESH).dropsByKind()).as(probe.output())
					.containsOnlyKeys("cut-off");
			}
		}
	}

	private static void answerHalfOfEachRequest(ServerSocket listener, LoopbackCertificate certificate) {
		while (!listener.isClosed()) {
			try (Socket raw = listener.accept()) {
				SSLSocket socket = (SSLSocket) certificate.context().getSocketFactory().createSocket(raw, null, true);
				socket.setUseClientMode(false);
				socket.startHandshake();
				socket.getInputStream().read(new byte[4096]);
				socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\nhalf of".getBytes(StandardCharsets.US_ASCII));
				// The connection is closed below TLS: FIN without close_notify.
			}
			catch (IOException ex) {
				// The test has ended, or the client has closed first.
			}
		}
	}

}
