package dev.zerodowntime.lab.live;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Says to a website what no well-behaved client would let itself be made to say. */
final class Http {

	private static final int LIMIT_MS = 10_000;

	private Http() {
	}

	static String request(int port, String line, Map<String, String> headers, String body) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", port)) {
			socket.setSoTimeout(LIMIT_MS);
			byte[] content = body.getBytes(StandardCharsets.UTF_8);
			String head = headers.entrySet()
				.stream()
				.map((header) -> header.getKey() + ": " + header.getValue() + "\r\n")
				.collect(Collectors.joining());
			socket.getOutputStream()
				.write((line + " HTTP/1.1\r\n" + head + "Connection: close\r\nContent-Length: " + content.length
						+ "\r\n\r\n")
					.getBytes(StandardCharsets.UTF_8));
			try {
				socket.getOutputStream().write(content);
			}
			catch (IOException ex) {
				// The answer came before all was sent
			}
			return text(socket.getInputStream());
		}
	}

	private static String text(InputStream in) throws IOException {
		StringBuilder text = new StringBuilder();
		byte[] buffer = new byte[8192];
		try {
			for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
				text.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
			}
		}
		catch (IOException ex) {
			// It was cut: what came is judged
		}
		return text.toString();
	}

	static int status(String answer) {
		return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
	}

}
