package dev.zerodowntime.probe.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real server that costs little: nginx with a short answer, on a free port. */
final class Nginx implements AutoCloseable {

	private static final long LIMIT_SECONDS = 10;

	private final Process process;

	private final Path directory;

	private final int port;

	private Nginx(Process process, Path directory, int port) {
		this.process = process;
		this.directory = directory;
		this.port = port;
	}

	static Nginx start() throws IOException, InterruptedException {
		Path directory = Files.createTempDirectory("probe-bench");
		int port = freePort();
		Path config = Files.writeString(directory.resolve("nginx.conf"), """
				daemon off;
				pid %1$s/pid;
				error_log %1$s/error.log;
				worker_processes 1;
				events { worker_connections 4096; }
				http {
				  access_log off;
				  keepalive_requests 10000000;
				  client_body_temp_path %1$s/body;
				  proxy_temp_path %1$s/proxy;
				  fastcgi_temp_path %1$s/fastcgi;
				  uwsgi_temp_path %1$s/uwsgi;
				  scgi_temp_path %1$s/scgi;
				  server {
				    listen 127.0.0.1:%2$d backlog=4096;
				    location / { return 200 "hello"; }
				  }
				}
				""".formatted(directory, port));
		Process process = new ProcessBuilder(
				List.of("nginx", "-e", directory.resolve("error.log").toString(), "-c", config.toString()))
			.inheritIO()
			.start();
		Nginx nginx = new Nginx(process, directory, port);
		nginx.awaitPort();
		return nginx;
	}

	URI url() {
		return URI.create("http://127.0.0.1:" + this.port + "/");
	}

	private void awaitPort() throws IOException, InterruptedException {
		long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
		while (true) {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
				return;
			}
			catch (IOException ex) {
				if (System.nanoTime() > limit || !this.process.isAlive()) {
					close();
					throw new IOException("nginx did not listen within " + LIMIT_SECONDS + " s", ex);
				}
				TimeUnit.MILLISECONDS.sleep(20);
			}
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	@Override
	public void close() throws IOException {
		this.process.destroy();
		try (Stream<Path> files = Files.walk(this.directory)) {
			files.sorted(Comparator.reverseOrder()).forEach((file) -> file.toFile().delete());
		}
	}

}
