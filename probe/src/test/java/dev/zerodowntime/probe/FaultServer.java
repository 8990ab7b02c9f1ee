package dev.zerodowntime.probe;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

import javax.net.ssl.SSLSocket;

import dev.zerodowntime.probe.model.DropKind;
import dev.zerodowntime.probe.wire.LoopbackCertificate;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server made of raw sockets that knows the truth: it counts each request head it
 * has read completely, and fails the requests its script tells it to.
 *
 * <p>
 * It listens on a free port of 127.0.0.1 and can be stopped and started again there. One
 * daemon thread per connection; requests on one connection are answered in order.
 */
public final class FaultServer implements AutoCloseable {

	/** The body of every correct answer. */
	public static final String CONTENT = "the right content";

	private static final String WRONG = "something else altogether";

	private static final int BACKLOG = 4096;

	private static final long RELEASE_LIMIT_MS = 5000;

	private final Script script;

	private final @Nullable LoopbackCertificate certificate;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final Queue<Head> heads = new ConcurrentLinkedQueue<>();

	private final AtomicLong nextRequest = new AtomicLong();

	private final AtomicLong connections = new AtomicLong();

	private volatile String version = "v1";

	private volatile Duration slowness = Duration.ofMillis(300);

	private volatile @Nullable ServerSocket listener;

	private @Nullable Thread accepting;

	private int port;

	private FaultServer(Script script, @Nullable LoopbackCertificate certificate) throws IOException {
		this.script = script;
		this.certificate = certificate;
		start();
	}

	/**
	 * Starts a server that answers every request correctly.
	 * @return a server that listens
	 * @throws IOException if it cannot listen
	 */
	public static FaultServer healthy() throws IOException {
		return of((request, onConnection) -> Fault.NONE);
	}

	/**
	 * Starts a server.
	 * @param script what becomes of each request
	 * @return a server that listens
	 * @throws IOException if it cannot listen
	 */
	public static FaultServer of(Script script) throws IOException {
		return new FaultServer(script, null);
	}

	/**
	 * Starts a server that speaks TLS.
	 * @param script what becomes of each request
	 * @param certificate whom it claims to be
	 * @return a server that listens
	 * @throws IOException if it cannot listen
	 */
	public static FaultServer tls(Script script, LoopbackCertificate certificate) throws IOException {
		return new FaultServer(script, certificate);
	}

	/**
	 * Listens, on the same port as before if it was stopped.
	 * @throws IOException if the port is taken
	 */
	public synchronized void start() throws IOException {
		ServerSocket socket = new ServerSocket();
		socket.setReuseAddress(true);
		socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 }), this.port), BACKLOG);
		this.port = socket.getLocalPort();
		this.listener = socket;
		this.accepting = daemon("accept", () -> accept(socket));
	}

	/**
	 * Goes away as a killed process does: nobody listens any more and all open
	 * connections are closed.
	 * @throws IOException if the port cannot be closed
	 */
	public synchronized void stop() throws IOException {
		ServerSocket socket = this.listener;
		this.listener = null;
		if (socket != null) {
			socket.close();
			awaitRelease();
		}
		this.open.forEach(FaultServer::closeQuietly);
		this.open.clear();
	}

	@Override
	public void close() throws IOException {
		stop();
	}

	public FaultServer version(String version) {
		this.version = version;
		return this;
	}

	/**
	 * Sets how long {@link Fault#SLOW} takes to answer; 300 ms unless told.
	 * @param slowness the time before the first byte
	 * @return this server
	 */
	public FaultServer slowness(Duration slowness) {
		this.slowness = slowness;
		return this;
	}

	public int port() {
		return this.port;
	}

	public URI url() {
		return URI.create(((this.certificate != null) ? "https" : "http") + "://127.0.0.1:" + this.port + "/");
	}

	/**
	 * How many request heads it has read completely: the truth a client's count is
	 * compared with.
	 * @return their number
	 */
	public long heads() {
		return this.heads.size();
	}

	/**
	 * How many requests it treated in one way.
	 * @param fault the way
	 * @return their number
	 */
	public long heads(Fault fault) {
		return this.heads.stream().filter((head) -> head.fault() == fault).count();
	}

	/**
	 * How many requests it let fail, in whatever way.
	 * @return their number
	 */
	public long injected() {
		return this.heads.stream().filter((head) -> head.fault().seenAs() != null).count();
	}

	public long connections() {
		return this.connections.get();
	}

	/**
	 * Every request head it has read, in the order they were counted.
	 * @return a copy
	 */
	public List<Head> log() {
		return List.copyOf(this.heads);
	}

	private void accept(ServerSocket socket) {
		while (!socket.isClosed()) {
			try {
				Socket raw = socket.accept();
				this.open.add(raw);
				long connection = this.connections.getAndIncrement();
				daemon("connection " + connection, () -> serve(raw, connection));
				if (socket.isClosed()) {
					closeQuietly(raw);
				}
			}
			catch (IOException ex) {
				// the listener was closed, or a client left before it was accepted
			}
		}
	}

	private void serve(Socket raw, long connection) {
		try (raw) {
			raw.setTcpNoDelay(true);
			Socket socket = (this.certificate != null) ? secure(raw, this.certificate) : raw;
			InputStream in = new BufferedInputStream(socket.getInputStream());
			for (int onConnection = 0;; onConnection++) {
				String head = readHead(in);
				if (head == null) {
					return;
				}
				long nanos = System.nanoTime();
				long request = this.nextRequest.getAndIncrement();
				Fault fault = this.script.next(request, onConnection);
				this.heads.add(
						new Head(request, connection, onConnection, head.lines().findFirst().orElse(""), fault, nanos));
				in.skipNBytes(contentLength(head));
				boolean last = head.toLowerCase(Locale.ROOT).contains("\r\nconnection: close");
				if (!answer(fault, raw, socket, in, last) || last) {
					socket.close();
					return;
				}
			}
		}
		catch (IOException ex) {
			// the client or stop() closed the connection
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.open.remove(raw);
		}
	}

	private static SSLSocket secure(Socket raw, LoopbackCertificate certificate) throws IOException {
		SSLSocket socket = (SSLSocket) certificate.context().getSocketFactory().createSocket(raw, null, true);
		socket.setUseClientMode(false);
		socket.startHandshake();
		return socket;
	}

	/** Returns whether the connection lives on. */
	private boolean answer(Fault fault, Socket raw, Socket socket, InputStream in, boolean last)
			throws IOException, InterruptedException {
		OutputStream out = socket.getOutputStream();
		switch (fault) {
			case NONE -> write(out, complete("200 OK", CONTENT, last));
			case CHUNKED -> write(out,
					header("200 OK", last) + "Transfer-Encoding: chunked\r\n\r\n" + chunk(CONTENT) + "0\r\n\r\n");
			case SLOW -> {
				Thread.sleep(this.slowness.toMillis());
				write(out, complete("200 OK", CONTENT, last));
			}
			case SILENT_CLOSE -> {
				write(out, complete("200 OK", CONTENT, false));
				return false;
			}
			case FIN -> {
				return false;
			}
			case RST -> reset(raw);
			case STATUS_503 -> write(out, complete("503 Service Unavailable", "come back later", last));
			case WRONG_CONTENT -> write(out, complete("200 OK", WRONG, last));
			case CUT_OFF_FIN -> {
				write(out, cutOff(last));
				return false;
			}
			case CUT_OFF_RST -> {
				write(out, cutOff(last));
				letItArrive();
				reset(raw);
			}
			case CUT_OFF_CHUNKED -> {
				write(out, header("200 OK", last) + "Transfer-Encoding: chunked\r\n\r\n" + chunk(CONTENT));
				return false;
			}
			case CUT_OFF_HEADERS -> {
				write(out, header("200 OK", last) + "Content-Le");
				return false;
			}
			case CUT_OFF_BETWEEN_HEADERS -> {
				write(out, header("200 OK", last));
				return false;
			}
			case HANG -> {
				in.transferTo(OutputStream.nullOutputStream());
				return false;
			}
			case GARBAGE -> {
				write(out, "SSH-2.0-OpenSSH_9.6\r\n\r\n");
				return false;
			}
		}
		return true;
	}

	private String cutOff(boolean last) {
		return header("200 OK", last) + "Content-Length: " + (CONTENT.length() + 10) + "\r\n\r\n" + CONTENT;
	}

	private String complete(String status, String content, boolean last) {
		return header(status, last) + "Content-Length: " + content.length() + "\r\n\r\n" + content;
	}

	private String header(String status, boolean last) {
		return "HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\nX-App-Version: " + this.version + "\r\n"
				+ (last ? "Connection: close\r\n" : "");
	}

	private static String chunk(String content) {
		return Integer.toHexString(content.length()) + "\r\n" + content + "\r\n";
	}

	private static void write(OutputStream out, String text) throws IOException {
		out.write(text.getBytes(StandardCharsets.US_ASCII));
		out.flush();
	}

	/** A reset may overtake bytes the client has not read yet: give them a moment. */
	private static void letItArrive() throws InterruptedException {
		Thread.sleep(20);
	}

	private static void reset(Socket raw) throws IOException {
		raw.setSoLinger(true, 0);
		raw.close();
		throw new SocketException("reset on purpose");
	}

	private static long contentLength(String head) {
		return head.lines()
			.map((line) -> line.toLowerCase(Locale.ROOT))
			.filter((line) -> line.startsWith("content-length:"))
			.mapToLong((line) -> Long.parseLong(line.substring("content-length:".length()).trim()))
			.findFirst()
			.orElse(0);
	}

	/** Reads up to and with the empty line, or returns null at a connection's end. */
	private static @Nullable String readHead(InputStream in) throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream(512);
		int state = 0;
		while (state < 4) {
			int next = in.read();
			if (next < 0) {
				if (head.size() > 0) {
					throw new EOFException("half a head");
				}
				return null;
			}
			head.write(next);
			state = (next == "\r\n\r\n".charAt(state)) ? state + 1 : (next == '\r') ? 1 : 0;
		}
		return head.toString(StandardCharsets.US_ASCII);
	}

	private static void closeQuietly(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// it is gone, which is what was wanted
		}
	}

	/** The port lives on until the accept() that waits on it has returned. */
	private void awaitRelease() throws IOException {
		Thread thread = this.accepting;
		try {
			if (thread != null) {
				thread.join(RELEASE_LIMIT_MS);
				if (thread.isAlive()) {
					throw new IOException("the port was not released within " + RELEASE_LIMIT_MS + " ms");
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static Thread daemon(String name, Runnable work) {
		Thread thread = new Thread(work, "fault server: " + name);
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	/**
	 * What becomes of a request.
	 */
	public enum Fault {

		/** A correct answer with a Content-Length. */
		NONE(null),

		/** A correct answer in chunks. */
		CHUNKED(null),

		/** A correct answer after {@link FaultServer#slowness(Duration)}. */
		SLOW(null),

		/**
		 * A correct answer, then FIN without having announced {@code Connection: close}:
		 * the next to use the connection finds it closed.
		 */
		SILENT_CLOSE(null),

		/** FIN instead of an answer. */
		FIN(DropKind.CLOSED),

		/** RST instead of an answer. */
		RST(DropKind.RESET),

		/** A complete answer with status 503. */
		STATUS_503(DropKind.http(503)),

		/** A complete answer with status 200 and a body other than {@link #CONTENT}. */
		WRONG_CONTENT(DropKind.WRONG_CONTENT),

		/** FIN ten bytes before the promised Content-Length. */
		CUT_OFF_FIN(DropKind.CUT_OFF),

		/** RST ten bytes before the promised Content-Length. */
		CUT_OFF_RST(DropKind.CUT_OFF),

		/** FIN after a whole chunk, but before the last one. */
		CUT_OFF_CHUNKED(DropKind.CUT_OFF),

		/** FIN in the middle of a header line. */
		CUT_OFF_HEADERS(DropKind.CUT_OFF),

		/** FIN after a whole header line, but before the empty one. */
		CUT_OFF_BETWEEN_HEADERS(DropKind.CUT_OFF),

		/** No answer until the client or {@link FaultServer#stop()} closes. */
		HANG(DropKind.TIMEOUT),

		/** Bytes that are not HTTP, then FIN. */
		GARBAGE(DropKind.NOT_HTTP);

		private final @Nullable DropKind seenAs;

		Fault(@Nullable DropKind seenAs) {
			this.seenAs = seenAs;
		}

		/**
		 * What an honest client reports: wrong content only if it knows the right one, a
		 * hang only if its timeout is shorter than its patience.
		 * @return a kind, or {@code null} if nothing is lost
		 */
		public @Nullable DropKind seenAs() {
			return this.seenAs;
		}

	}

	/**
	 * Decides what becomes of each request. Called by many threads.
	 */
	@FunctionalInterface
	public interface Script {

		/**
		 * Decides.
		 * @param request the request's number on this server, from 0
		 * @param onConnection its number on its connection, from 0
		 * @return what to do
		 */
		Fault next(long request, int onConnection);

	}

	/**
	 * A request head that was read completely.
	 *
	 * @param request its number on this server, from 0
	 * @param connection the connection's number, from 0
	 * @param onConnection its number on that connection, from 0
	 * @param line its request line
	 * @param fault what the script decided
	 * @param nanos {@link System#nanoTime()} when it was complete
	 */
	public record Head(long request, long connection, int onConnection, String line, Fault fault, long nanos) {

	}

}
