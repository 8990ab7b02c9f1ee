package dev.zerodowntime.step3;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What nginx does for services that do more than answer with a page. */
class ProxyIT {

	/**
	 * A service that takes uploads, speaks WebSocket's handshake and echoes, and hangs
	 * where it is asked to. It logs each request.
	 */
	private static final String SERVICE = """
			mkdir -p talks && cd talks
			cat >service.pl <<'END'
			use strict; use IO::Socket::INET; use Socket; $| = 1; $SIG{CHLD} = "IGNORE";
			sub serve {
				my ($port) = @_;
				my $listener = IO::Socket::INET->new(LocalPort => $port, Listen => 50, ReuseAddr => 1) or die $!;
				while (1) {
					my $client = $listener->accept or next;
					next if fork;
					my ($request, $length, $upgrade) = (scalar(<$client>), 0, "");
					while (defined(my $line = <$client>)) {
						last if $line =~ /^\\r?\\n$/;
						$length = $1 if $line =~ /^content-length: (\\d+)/i;
						$upgrade = $1 if $line =~ /^upgrade: (\\w+)/i;
					}
					print $request if $port == 8080;
					read($client, my $body, $length) if $length;
					if ($upgrade eq "websocket") {
						print $client "HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\n\\r\\n";
						$client->flush;
						while (sysread($client, my $part, 100)) { syswrite($client, uc $part); }
						exit;
					}
					sleep 30 if $request =~ m{ /hang };
					exit if $request =~ m{ /dies };
					print $client "HTTP/1.1 200 OK\\r\\nContent-Length: ", length("took $length"), "\\r\\nConnection: close\\r\\n\\r\\ntook $length";
					exit;
				}
			}
			if (fork) { serve(8080) } else { serve(8081) }
			END
			printf '%s\\n' "FROM $(. ../settings.sh && echo "$NGINX_IMAGE")" 'COPY service.pl /service.pl' 'USER 10001:10001' \\
				'ENTRYPOINT ["perl", "/service.pl"]' 'CMD []' >Dockerfile
			docker build --quiet --tag bluegreen/guest-book:talks .
			""";

	private static BlueGreenServer server;

	@BeforeAll
	static void start() {
		server = BlueGreenServer.withLittleReleases();
		server.shell(SERVICE).orThrow();
		server.run("./deploy.sh", "talks").orThrow();
	}

	@Test
	void shouldTakeAnUpload() {
		assertThat(server.shell("head -c 2000000 /dev/zero | curl -s --data-binary @- http://127.0.0.1:8080/upload")
			.output()).isEqualTo("took 2000000");
		assertThat(server.shell(
				"head -c 11000000 /dev/zero | curl -s -o /dev/null -w '%{http_code}' --data-binary @- http://127.0.0.1:8080/upload")
			.output()).as("more than client_max_body_size").isEqualTo("413");
	}

	@Test
	void shouldUpgradeToAWebSocket() throws IOException {
		URI service = server.server().url();
		try (Socket socket = new Socket(service.getHost(), service.getPort())) {
			socket.setSoTimeout(5000);
			socket.getOutputStream()
				.write("GET /socket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
					.getBytes(StandardCharsets.US_ASCII));
			assertThat(until(socket.getInputStream(), "\r\n\r\n")).startsWith("HTTP/1.1 101 ");
			socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(until(socket.getInputStream(), "\n")).isEqualTo("HELLO\n");
		}
	}

	/** The other instance would do it a second time, and answer as late. */
	@Test
	void shouldExecuteOnceWhatIsAnsweredTooLate() {
		server.shell("echo 'proxy_read_timeout 4s;' >nginx/location.d/limits.conf && ./reload.sh").orThrow();
		assertThat(server.shell("curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:8080/hang").output())
			.isEqualTo("504");
		assertThat(executions("GET /hang")).containsExactly("GET /hang");
	}

	/**
	 * The instance may have executed it before it died. What HTTP calls idempotent may be
	 * executed again, and is.
	 */
	@Test
	void shouldExecuteAPostOnceWhereItsInstanceDies() {
		assertThat(server
			.shell("for method in POST GET; do curl -s -o /dev/null -X $method http://127.0.0.1:8080/dies; done; true")
			.succeeded()).isTrue();
		assertThat(executions("POST /dies")).hasSize(1);
		assertThat(executions("GET /dies")).hasSize(2);
	}

	@Test
	void shouldTakeTheOwnersLimits() {
		server.shell("echo 'client_max_body_size 1m;' >nginx/location.d/limits.conf && ./reload.sh").orThrow();
		assertThat(server.shell(
				"head -c 2000000 /dev/zero | curl -s -o /dev/null -w '%{http_code}' --data-binary @- http://127.0.0.1:8080/upload")
			.output()).isEqualTo("413");
	}

	@AfterEach
	void withoutTheOwnersLimits() {
		server.shell("if rm nginx/location.d/limits.conf; then ./reload.sh; fi").orThrow();
	}

	/** Each time that one of the two instances was asked for it. */
	private static List<String> executions(String request) {
		return server.shell("""
				for instance in green-1 green-2; do docker logs bluegreen-$instance-1; done | grep -o '%s' || :
				""".formatted(request)).orThrow().lines();
	}

	/** An instance that is gone costs a request at most the time to connect. */
	@Test
	void shouldAskTheOtherInstanceWhereOneIsGone() {
		server.run("docker", "stop", "--time", "0", "bluegreen-green-1-1").orThrow();
		try {
			assertThat(server.shell("""
					for request in 1 2 3 4; do curl -s -o /dev/null -w '%{http_code} ' http://127.0.0.1:8080/; done
					""").output()).isEqualTo("200 200 200 200 ");
		}
		finally {
			server.run("docker", "start", "bluegreen-green-1-1").orThrow();
		}
	}

	private static String until(InputStream input, String end) throws IOException {
		StringBuilder text = new StringBuilder();
		while (text.indexOf(end) < 0) {
			int next = input.read();
			assertThat(next).as("after %s", text).isNotNegative();
			text.append((char) next);
		}
		return text.toString();
	}

}
