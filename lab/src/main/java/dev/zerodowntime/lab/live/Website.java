package dev.zerodowntime.lab.live;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.zerodowntime.lab.LabException;
import org.jspecify.annotations.Nullable;

/**
 * A small website of this machine. It answers only under its own name, so that no other
 * site can have itself taken for it (DNS rebinding), and does something only for its own
 * pages: they know a token that no other site can read.
 */
final class Website implements AutoCloseable {

	private static final String TOKEN_HEADER = "X-Workshop-Token";

	private static final String TOKEN_MARK = "{{token}}";

	private static final int TOKEN_BYTES = 16;

	/** Nothing is loaded from, or sent to, anywhere else; no script within a page. */
	private static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8", "js",
			"text/javascript; charset=utf-8", "css", "text/css; charset=utf-8");

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool((work) -> {
		Thread thread = new Thread(work, "live-website");
		thread.setDaemon(true);
		return thread;
	});

	private final Map<String, Handler> routes = new HashMap<>();

	private final String token;

	/** Addresses and names under which it answers, with the port. */
	private final List<String> names;

	private Website(HttpServer server, List<String> hosts) {
		this.server = server;
		this.names = hosts.stream().map((host) -> host + ":" + port()).toList();
		byte[] random = new byte[TOKEN_BYTES];
		new SecureRandom().nextBytes(random);
		this.token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
	}

	/**
	 * Prepares a website that only this machine can reach.
	 * @param port its port, 0 for any free one
	 * @throws LabException if the port is taken
	 */
	static Website onLoopback(int port) {
		HttpServer server = listen(InetAddress.getLoopbackAddress(), port);
		return new Website(server, List.of("127.0.0.1", "localhost"));
	}

	/**
	 * Prepares a website that every machine of the local network can reach.
	 * @param port its port, 0 for any free one
	 * @throws LabException if the port is taken
	 */
	static Website onLan(int port) {
		HttpServer server = listen(new InetSocketAddress(0).getAddress(), port);
		List<String> names = new ArrayList<>(List.of("127.0.0.1", "localhost"));
		try {
			NetworkInterface.networkInterfaces()
				.flatMap(NetworkInterface::inetAddresses)
				.filter((address) -> address instanceof Inet4Address && !address.isLoopbackAddress())
				.map(InetAddress::getHostAddress)
				.forEach(names::add);
		}
		catch (SocketException ex) {
			throw new LabException("cannot tell this machine's addresses: " + ex.getMessage(), ex);
		}
		return new Website(server, names);
	}

	private static HttpServer listen(InetAddress address, int port) {
		try {
			return HttpServer.create(new InetSocketAddress(address, port), 0);
		}
		catch (BindException ex) {
			throw new LabException("port %d is taken: choose another with --port (0: any that is free)".formatted(port),
					ex);
		}
		catch (IOException ex) {
			throw new LabException("cannot listen on port %d: %s".formatted(port, ex.getMessage()), ex);
		}
	}

	/** Lets the visitors in. */
	void start() {
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	String url() {
		return urls().get(0);
	}

	/** The first is for this machine itself. */
	List<String> urls() {
		return this.names.stream()
			.filter((name) -> !name.startsWith("localhost"))
			.map((name) -> "http://" + name + "/")
			.toList();
	}

	/** Serves a file of this package. */
	Website file(String path, String name) {
		byte[] content = resource(name);
		String type = Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
		return get(path, (exchange) -> answer(exchange, 200, type, content));
	}

	Website get(String path, Handler handler) {
		this.routes.put("GET " + path, handler);
		return this;
	}

	/** Does something for its own pages, and for programs that are no browser. */
	Website postFromAnywhere(String path, Handler handler) {
		return post(path, this::isFromNoOtherSite, handler);
	}

	/** Does something, for this website's own pages. */
	Website post(String path, Handler handler) {
		return post(path, this::isFromOwnPage, handler);
	}

	private Website post(String path, Predicate<HttpExchange> allowed, Handler handler) {
		this.routes.put("POST " + path, (exchange) -> {
			if (allowed.test(exchange)) {
				handler.handle(exchange);
			}
			else {
				answer(exchange, 403, "this is for the page at " + url() + " alone");
			}
		});
		return this;
	}

	private byte[] resource(String name) {
		try (InputStream in = Objects.requireNonNull(Website.class.getResourceAsStream(name), name)) {
			String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
			return text.replace(TOKEN_MARK, this.token).getBytes(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new LabException("cannot read " + name, ex);
		}
	}

	private void handle(HttpExchange exchange) throws IOException {
		try {
			String host = exchange.getRequestHeaders().getFirst("Host");
			if (host == null || !this.names.contains(host)) {
				answer(exchange, 403, "this page is at " + url());
				return;
			}
			Handler handler = this.routes.get(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
			if (handler == null) {
				answer(exchange, 404, "there is nothing here: " + url());
				return;
			}
			handler.handle(exchange);
		}
		catch (IOException ex) {
			// Who asked has gone
			exchange.close();
		}
	}

	private boolean isFromOwnPage(HttpExchange exchange) {
		return isFromNoOtherSite(exchange) && this.token.equals(exchange.getRequestHeaders().getFirst(TOKEN_HEADER));
	}

	/** A browser tells from which site a page asks. */
	private boolean isFromNoOtherSite(HttpExchange exchange) {
		String origin = exchange.getRequestHeaders().getFirst("Origin");
		return origin == null || this.names.stream().anyMatch((name) -> origin.equals("http://" + name));
	}

	static void answer(HttpExchange exchange, int status, String text) throws IOException {
		answer(exchange, status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
	}

	static void answer(HttpExchange exchange, int status, String type, byte[] content) throws IOException {
		begin(exchange, status, type, content.length);
		exchange.getResponseBody().write(content);
		exchange.close();
	}

	/**
	 * Sends the head of an answer.
	 * @param length of what follows, 0 if nobody knows
	 */
	static void begin(HttpExchange exchange, int status, String type, long length) throws IOException {
		exchange.getResponseHeaders().set("Content-Type", type);
		exchange.getResponseHeaders().set("Content-Security-Policy", CONTENT_POLICY);
		exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
		exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
		exchange.getResponseHeaders().set("Cross-Origin-Resource-Policy", "same-origin");
		exchange.getResponseHeaders().set("Cache-Control", "no-store");
		exchange.sendResponseHeaders(status, length);
	}

	/** The value of a parameter in the URL. */
	static @Nullable String parameter(HttpExchange exchange, String name) {
		String query = exchange.getRequestURI().getQuery();
		if (query == null) {
			return null;
		}
		for (String pair : query.split("&")) {
			if (pair.startsWith(name + "=")) {
				return pair.substring(name.length() + 1);
			}
		}
		return null;
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/** Answers a request. */
	@FunctionalInterface
	interface Handler {

		/** Reads the request, if there is more than its head, and answers it. */
		void handle(HttpExchange exchange) throws IOException;

	}

}
