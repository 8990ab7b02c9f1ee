package dev.zerodowntime.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import dev.zerodowntime.probe.FaultServer.Fault;
import dev.zerodowntime.probe.FaultServer.Head;
import dev.zerodowntime.probe.wire.LoopbackCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class FaultServerTest {

	private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

	private static final String POST = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 7\r\n\r\nGET / \r";

	@Test
	void countsEachHeadAndNoBody() throws Exception {
		try (FaultServer server = FaultServer.healthy(); Socket client = connect(server)) {
			send(client, GET + POST + GET);
			awaitHeads(server, 3);
			assertThat(server.log()).extracting(Head::line)
				.containsExactly("GET / HTTP/1.1", "POST / HTTP/1.1", "GET / HTTP/1.1");
			assertThat(server.log()).extracting(Head::onConnection).containsExactly(0, 1, 2);
			assertThat(server.connections()).isEqualTo(1);
		}
	}

	@Test
	void doesNotCountHalfAHead() throws Exception {
		try (FaultServer server = FaultServer.healthy()) {
			try (Socket client = connect(server)) {
				send(client, GET.substring(0, GET.length() - 1));
				client.shutdownOutput();
				assertThat(client.getInputStream().read()).isEqualTo(-1);
			}
			assertThat(server.heads()).isZero();
		}
	}

	@Test
	void failsEachRequestInTheWayTheScriptSays() throws Exception {
		assertThat(answer(Fault.NONE)).startsWith("HTTP/1.1 200 OK").contains("\r\n\r\n" + FaultServer.CONTENT);
		assertThat(answer(Fault.CHUNKED)).contains("chunked").endsWith("\r\n0\r\n\r\n");
		assertThat(answer(Fault.SLOW)).endsWith(FaultServer.CONTENT);
		assertThat(answer(Fault.FIN)).isEmpty();
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> answer(Fault.RST));
		assertThat(answer(Fault.STATUS_503)).startsWith("HTTP/1.1 503");
		assertThat(answer(Fault.WRONG_CONTENT)).startsWith("HTTP/1.1 200").doesNotContain(FaultServer.CONTENT);
		assertThat(answer(Fault.CUT_OFF_FIN)).contains("Content-Length: 27").endsWith("\r\n\r\n" + FaultServer.CONTENT);
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> answer(Fault.CUT_OFF_RST));
		assertThat(answer(Fault.CUT_OFF_CHUNKED)).endsWith(FaultServer.CONTENT + "\r\n");
		assertThat(answer(Fault.CUT_OFF_HEADERS)).endsWith("\r\nContent-Le");
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> answer(Fault.HANG));
		assertThat(answer(Fault.CUT_OFF_BETWEEN_HEADERS)).endsWith("\r\nConnection: close\r\n");
		assertThat(answer(Fault.GARBAGE)).isEqualTo("SSH-2.0-OpenSSH_9.6\r\n\r\n");
		assertThat(answer(Fault.SILENT_CLOSE)).endsWith(FaultServer.CONTENT).doesNotContain("Connection:");
	}

	@Test
	void comesBackOnTheSamePort() throws Exception {
		try (FaultServer server = FaultServer.healthy(); Socket client = connect(server)) {
			send(client, GET);
			byte[] begun = client.getInputStream().readNBytes("HTTP/1.1 200".length());
			assertThat(begun).asString(StandardCharsets.US_ASCII).isEqualTo("HTTP/1.1 200");
			server.stop();
			assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(server));
			assertThat(client.getInputStream().readAllBytes()).asString(StandardCharsets.US_ASCII)
				.endsWith(FaultServer.CONTENT);
			server.start();
			try (Socket again = connect(server)) {
				send(again, GET);
				awaitHeads(server, 2);
			}
		}
	}

	@Test
	void speaksTls(@TempDir Path directory) throws Exception {
		LoopbackCertificate certificate = LoopbackCertificate.in(directory);
		try (FaultServer server = FaultServer.tls((request, onConnection) -> Fault.NONE, certificate);
				Socket client = certificate.context().getSocketFactory().createSocket("127.0.0.1", server.port())) {
			client.setSoTimeout(2000);
			send(client, GET.replace("Host:", "Connection: close\r\nHost:"));
			assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
				.endsWith(FaultServer.CONTENT);
			assertThat(server.url()).hasScheme("https");
		}
	}

	/** Everything the client reads in answer to one request, to the connection's end. */
	private static String answer(Fault fault) throws IOException {
		try (FaultServer server = FaultServer.of((request, onConnection) -> fault); Socket client = connect(server)) {
			send(client, GET.replace("Host:", (fault != Fault.SILENT_CLOSE) ? "Connection: close\r\nHost:" : "Host:"));
			String read = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
			assertThat(server.heads(fault)).isEqualTo(1);
			return read;
		}
	}

	private static Socket connect(FaultServer server) throws IOException {
		Socket client = new Socket(InetAddress.getByName("127.0.0.1"), server.port());
		client.setSoTimeout(1000);
		return client;
	}

	private static void send(Socket client, String text) throws IOException {
		client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
	}

	private static void awaitHeads(FaultServer server, int expected) {
		await().until(server::heads, (heads) -> heads == expected);
	}

}
