package dev.zerodowntime.lab.live;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Nobody waits for a page that does not read. */
class FeedTest {

	private static final long LIMIT_MS = 20_000;

	private final Feed feed = new Feed(2);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private HttpServer server;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		this.server.setExecutor(this.threads);
		this.server.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(200, 0);
			this.feed.join(exchange, List.of(Frame.of("hello", "you"))).write();
		});
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.feed.end();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	@Test
	void shouldLetGoOfAPageThatDoesNotRead() throws Exception {
		byte[] frame = Frame.of("answers", "x".repeat(100_000));
		try (Socket lazy = open(); Socket eager = open()) {
			awaitReaders(2);
			assertTrue(this.feed.isFull());
			Thread reader = new Thread(() -> readAll(eager));
			reader.start();
			long end = System.nanoTime() + LIMIT_MS * 1_000_000;
			while (this.feed.readers() == 2 && System.nanoTime() < end) {
				this.feed.send(frame);
				Thread.sleep(1);
			}
			assertEquals(1, this.feed.readers());
			assertTrue(reader.isAlive(), "the page that reads was let go");
			this.feed.end();
			reader.join(LIMIT_MS);
			awaitReaders(0);

			// When it reads at last, it is told to come back
			lazy.setSoTimeout((int) LIMIT_MS);
			readAll(lazy);
		}
	}

	@Test
	void shouldForgetAPageThatIsClosed() throws Exception {
		Socket closed = open();
		awaitReaders(1);
		closed.close();
		long end = System.nanoTime() + LIMIT_MS * 1_000_000;
		do {
			this.feed.send(Frame.of("tick", 1));
			Thread.sleep(10);
		}
		while (this.feed.readers() > 0 && System.nanoTime() < end);
		assertEquals(0, this.feed.readers());
	}

	private Socket open() throws IOException {
		Socket socket = new Socket("127.0.0.1", this.server.getAddress().getPort());
		socket.getOutputStream()
			.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.UTF_8));
		return socket;
	}

	private void awaitReaders(int number) throws InterruptedException {
		long end = System.nanoTime() + LIMIT_MS * 1_000_000;
		while (this.feed.readers() != number && System.nanoTime() < end) {
			Thread.sleep(5);
		}
		assertEquals(number, this.feed.readers());
	}

	private static void readAll(Socket socket) {
		byte[] buffer = new byte[65536];
		try {
			while (socket.getInputStream().read(buffer) >= 0) {
				// On to the end
			}
		}
		catch (IOException ex) {
			// Cut
		}
	}

}
