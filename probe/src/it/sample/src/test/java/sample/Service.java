package sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A service that is deployed in two ways. Yours takes its place. */
class Service implements AutoCloseable {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private volatile String version;

	private HttpServer server;

	Service(String version) throws IOException {
		this.version = version;
		this.server = listen(0);
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/";
	}

	/** Like a load balancer: the port is open all the time. */
	void switchTo(String version) {
		this.version = version;
	}

	/** Stops the old version, then starts the new one. */
	void restartAs(String version) throws Exception {
		int port = this.server.getAddress().getPort();
		this.server.stop(0);
		Thread.sleep(500);
		this.version = version;
		this.server = listen(port);
	}

	private HttpServer listen(int port) throws IOException {
		HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		listening.setExecutor(this.threads);
		listening.createContext("/", this::answer);
		listening.start();
		return listening;
	}

	private void answer(HttpExchange exchange) throws IOException {
		byte[] content = "hello".getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("X-App-Version", this.version);
		exchange.sendResponseHeaders(200, content.length);
		exchange.getResponseBody().write(content);
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
