package dev.zerodowntime.probe;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ServerSocketFactory;

/**
 * Answers GET requests on loopback, for the {@link SelfWarmup}. It uses the same blocking
 * sockets as the probe: what the JIT compiles for the one serves the other as well.
 */
final class WarmupServer implements AutoCloseable {

	private static final byte[] ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
		.getBytes(StandardCharsets.US_ASCII);

	private static final int BACKLOG = 1024;

	private final ServerSocket listener;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private WarmupServer(ServerSocket listener) {
		this.listener = listener;
	}

	static WarmupServer start(ServerSocketFactory sockets) throws IOException {
		WarmupServer server = new WarmupServer(
				sockets.createServerSocket(0, BACKLOG, InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 })));
		daemon(server::accept);
		return server;
	}

	int port() {
		return this.listener.getLocalPort();
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket socket = this.listener.accept();
				this.open.add(socket);
				daemon(() -> serve(socket));
			}
			catch (IOException ex) {
				// Closed, or a client left before it was accepted.
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			socket.setTcpNoDelay(true);
			InputStream in = new BufferedInputStream(socket.getInputStream());
			OutputStream out = socket.getOutputStream();
			while (readHead(in)) {
				out.write(ANSWER);
				out.flush();
			}
		}
		catch (IOException ex) {
			// The probe has closed the connection.
		}
		finally {
			this.open.remove(socket);
		}
	}

	/** Reads up to and with the empty line; returns whether there was one. */
	private static boolean readHead(InputStream in) throws IOException {
		int ends = 0;
		while (ends < 4) {
			int next = in.read();
			if (next < 0) {
				return false;
			}
			ends = (next == "\r\n\r\n".charAt(ends)) ? ends + 1 : (next == '\r') ? 1 : 0;
		}
		return true;
	}

	private static void daemon(Runnable work) {
		Thread thread = new Thread(work, "probe-self-warmup");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		for (Socket each : this.open) {
			each.close();
		}
	}

}
