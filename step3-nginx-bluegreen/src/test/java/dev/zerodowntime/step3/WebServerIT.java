package dev.zerodowntime.step3;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a site needs of nginx: the examples for its owner, as they are in the files
 * {@code *.example}, and what is always on.
 */
class WebServerIT {

	private static final String ECHO = """
			location /headers { return 200 "$http_x_forwarded_for $http_x_forwarded_proto $http_x_forwarded_host"; }
			location /long { default_type text/plain; return 200 "%s"; }
			""".formatted("long ".repeat(500));

	/** Copies an example, with all of its directives. */
	private static final String USE = """
			set -e
			for file in http.d/limits site.d/site location.d/service; do
				sed 's/^#\\([a-z}]\\|    \\)/\\1/' nginx/$file.conf.example >nginx/$file.conf
			done
			""";

	private static final String WITHOUT = "rm -f nginx/http.d/limits.conf nginx/site.d/site.conf nginx/location.d/service.conf; ./reload.sh";

	private static BlueGreenServer server;

	@BeforeAll
	static void start() {
		server = BlueGreenServer.withLittleReleases();
		server.littleRelease("echo", ECHO);
		server.run("./deploy.sh", "echo").orThrow();
	}

	@AfterEach
	void withoutExamples() {
		server.shell(WITHOUT).orThrow();
	}

	@Test
	void shouldTakeTheExamples() {
		server.shell(USE + "./reload.sh").orThrow();
		assertThat(output("curl -s -o /dev/null -w '%{http_code} %{redirect_url}' 'http://127.0.0.1:8080/a?b=c'"))
			.isEqualTo("301 https://127.0.0.1/a?b=c");
		assertThat(output("curl -s -o /dev/null -w '%{http_code}' http://172.29.77.2:8083/")).as("the preview")
			.isNotEqualTo("301");
		assertThat(output("curl -sk -o /dev/null -D - --http2 --compressed https://127.0.0.1:8443/long").toLowerCase())
			.contains("http/2 200", "strict-transport-security: max-age=3600", "content-encoding: gzip",
					"vary: accept-encoding");
		assertThat(output("curl -sk --http2 --compressed https://127.0.0.1:8443/long")).startsWith("long long");
		assertThat(server
			.shell("curl -sk -Z -o /dev/null -w '%{http_code}\\n' 'https://127.0.0.1:8443/?[1-150]' | sort -u")
			.lines()).containsExactly("200", "429");
		assertThat(output("""
				timeout 20 sh -c 'until docker logs bluegreen-nginx-1 2>&1 | grep -m 1 "GET /long"; do sleep 0.2; done'
				""")).matches(
				"(?s)\\S+ \\[\\S+] \"GET /long HTTP/2.0\" 200 \\d+ bytes [0-9.]+ s instance=172.29.77.\\d+:8080 took=[0-9.]+ release=echo.*");
	}

	@Test
	void shouldHaveThemOffByDefault() {
		assertThat(output("curl -sk -o /dev/null -D - --compressed https://127.0.0.1:8443/long").toLowerCase())
			.contains("200")
			.doesNotContain("strict-transport", "content-encoding");
		assertThat(output("curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:8080/")).isEqualTo("200");
	}

	/** Whatever the client says itself. */
	@Test
	void shouldPassOnWhoAskedForWhat() {
		assertThat(output("""
				curl -sk -H 'X-Forwarded-For: 192.0.2.1' -H 'X-Forwarded-Proto: ftp' -H 'X-Forwarded-Host: elsewhere' \
					-H 'Host: example.org:8443' https://172.29.77.2:8443/headers
				""")).as("the address of this machine, from which curl came")
			.matches("172\\.29\\.77\\.\\d+ https example\\.org:8443");
	}

	@Test
	void shouldShowAPageDuringMaintenance() {
		server.shell("touch nginx/maintenance").orThrow();
		try {
			assertThat(output(
					"curl -s -X POST -w '%{http_code} %{content_type} %header{retry-after}' http://127.0.0.1:8080/api"))
				.contains("Not available")
				.endsWith("503 text/html 30");
		}
		finally {
			server.shell("rm nginx/maintenance").orThrow();
		}
		assertThat(output("curl -s http://127.0.0.1:8080/")).isEqualTo("echo");
	}

	/** Prints what a request costs nginx without and with a log. */
	@Test
	void shouldPrintThePriceOfTheAccessLog() {
		System.out.println("nginx, CPU time of a request without an access log: " + costOfRequests());
		server.shell(
				"grep -h '^#access_log' nginx/site.d/site.conf.example | cut -c 2- >nginx/site.d/site.conf; ./reload.sh")
			.orThrow();
		System.out.println("nginx, CPU time of a request with one: " + costOfRequests());
	}

	private static String costOfRequests() {
		return output(
				"""
						ticks() {
							for each in $(docker top bluegreen-nginx-1 -eo pid,args | awk '/nginx: worker/ && !/shutting/ { print $1 }'); do
								cut -d ' ' -f 14,15 "/proc/$each/stat"
							done | tr ' ' '\\n' | paste -s -d + - | { read -r sum; echo $((sum)); }
						}
						before=$(ticks)
						curl -s -o /dev/null 'http://127.0.0.1:8080/?[1-5000]'
						echo "$((($(ticks) - before) * 1000000 / $(getconf CLK_TCK) / 5000)) us"
						""");
	}

	private static String output(String script) {
		return server.shell(script).orThrow().output().strip();
	}

}
