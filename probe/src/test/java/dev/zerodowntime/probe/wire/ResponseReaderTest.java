package dev.zerodowntime.probe.wire;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ResponseReaderTest {

	@Test
	void aFixedLengthAnswerLeavesTheConnectionReusable() throws IOException {
		Response response = read("HTTP/1.1 200 OK\r\nX-App-Version: v1\r\nContent-Length: 5\r\n\r\nhello");
		assertThat(response).isEqualTo(new Response(200, "v1", true, Integer.MAX_VALUE, "hello"));
	}

	@Test
	void theVersionIsInTheHeaderThatIsAskedFor() throws IOException {
		String answer = "HTTP/1.1 200 OK\r\nX-App-Version: v1\r\nX-Build: 17\r\nContent-Length: 0\r\n\r\n";
		ResponseReader reader = new ResponseReader(
				new ByteArrayInputStream(answer.getBytes(StandardCharsets.ISO_8859_1)), "x-build");
		assertThat(reader.read(false, true).version()).isEqualTo("17");
	}

	@Test
	void chunksExtensionsAndTrailersAreUnderstood() throws IOException {
		Response response = read("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"
				+ "3;name=value\r\nhel\r\n2\r\nlo\r\n0\r\nTrailer: x\r\n\r\n");
		assertThat(response.body()).isEqualTo("hello");
		assertThat(response.reusable()).isTrue();
	}

	@Test
	void interimAnswersAreNotTheAnswer() throws IOException {
		assertThat(read("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n").status())
			.isEqualTo(204);
	}

	@Test
	void anAnswerWithoutALengthReachesToTheCloseAndTheConnectionIsSpent() throws IOException {
		Response response = read("HTTP/1.1 200 OK\r\n\r\nall there is");
		assertThat(response.body()).isEqualTo("all there is");
		assertThat(response.reusable()).isFalse();
	}

	@Test
	void anAnnouncedCloseAndHttp10AreNotReused() throws IOException {
		assertThat(read("HTTP/1.1 200 OK\r\nConnection: Upgrade, close\r\nContent-Length: 0\r\n\r\n").reusable())
			.isFalse();
		assertThat(read("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n").reusable()).isFalse();
		assertThat(read("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n").reusable()).isTrue();
	}

	/** RFC 9112, 9.3. */
	@ParameterizedTest
	@ValueSource(strings = { "Connection: close, keep-alive", "Connection: close\r\nConnection: keep-alive",
			"Connection: keep-alive\r\nConnection: close" })
	void closeWinsOverKeepAlive(String headers) throws IOException {
		assertThat(read("HTTP/1.1 200 OK\r\n" + headers + "\r\nContent-Length: 0\r\n\r\n").reusable()).isFalse();
	}

	@Test
	void aConnectionThatSwitchedProtocolsIsNotReused() throws IOException {
		assertThat(read("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n").reusable()).isFalse();
	}

	@Test
	void theSameLengthTwiceIsOneLength() throws IOException {
		assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello").body())
			.isEqualTo("hello");
	}

	@Test
	void bytesNobodyAskedForSpendTheConnection() throws IOException {
		assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 408").reusable()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell", "HTTP/1.1 200 OK\r\nContent-Len",
			"HTTP/1.1 200 OK\r\nServer: x\r\n", "HTTP/1.1 20",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
			"HTTP/1.1 100 Continue\r\n\r\n" })
	void anAnswerThatBreaksOffAnywhereIsCut(String bytes) {
		assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read(bytes));
	}

	@ParameterizedTest
	@ValueSource(strings = { "SSH-2.0-OpenSSH", "HTTP/2 200\r\n\r\n", "HTTP/1.1 OK\r\n\r\n",
			"HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello",
			"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nhello",
			"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 4\r\n\r\nhello",
			"HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\nhello",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n+5\r\nhello\r\n0\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-0\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n" })
	void whatIsNoHttpIsToldApart(String bytes) {
		assertThatExceptionOfType(NotHttpException.class).isThrownBy(() -> read(bytes));
	}

	@Test
	void aHeaderBlockWithoutAnEndIsRefused() {
		assertThatExceptionOfType(NotHttpException.class)
			.isThrownBy(() -> read("HTTP/1.1 200 OK\r\nX: " + "x".repeat(70_000) + "\r\n\r\n"));
	}

	/** Byte by byte, as a slow network may deliver them. */
	private static Response read(String bytes) throws IOException {
		InputStream slow = new ByteArrayInputStream(bytes.getBytes(StandardCharsets.ISO_8859_1)) {
			@Override
			public synchronized int read(byte[] buffer, int offset, int length) {
				return super.read(buffer, offset,
						bytes.startsWith("HTTP/1.1 200 OK\r\nContent-Length: 2") ? length : 1);
			}
		};
		return new ResponseReader(slow, "X-App-Version").read(false, true);
	}

}
