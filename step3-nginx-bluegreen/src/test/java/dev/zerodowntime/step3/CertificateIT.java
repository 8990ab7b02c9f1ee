package dev.zerodowntime.step3;

import java.util.List;

import dev.zerodowntime.lab.Execution;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A certificate is installed whole, and served, or nothing changes. */
class CertificateIT {

	/** Certificates of an authority that is made on the spot. */
	private static final String AUTHORITY = """
			set -e
			rm -rf ca && mkdir ca && cd ca
			new="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
			openssl req -x509 $new -days 30 -subj '/CN=An authority' -keyout ca.key -out ca.pem
			for name in one two; do
				openssl req $new -subj '/CN=example.org' -keyout $name.key -out $name.csr
				openssl x509 -req -in $name.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 60 -out $name.crt
				cat $name.crt ca.pem >$name.pem
			done
			cat ca.pem one.crt >wrong-order.pem
			openssl pkey -in one.key -aes256 -passout pass:secret -out secret.key
			openssl x509 -req -in one.csr -CA ca.pem -CAkey ca.key -CAcreateserial -not_before 20200101000000Z \
				-not_after 20200201000000Z -out expired.pem
			""";

	private static BlueGreenServer server;

	@BeforeAll
	static void start() {
		server = BlueGreenServer.withLittleReleases();
		server.shell(AUTHORITY).orThrow();
	}

	@Test
	void shouldInstallAPair() {
		Execution installed = server.run("./certificate.sh", "ca/one.pem", "ca/one.key").orThrow();
		assertThat(installed.output()).contains("==> nginx serves certificate " + serialOf("one"), "example.org");
		assertThat(served()).isEqualTo(serialOf("one"));
		assertThat(lines("stat -c '%a %U %n' tls/*")).containsExactly("600 app tls/certificate.pem",
				"600 app tls/key.pem");
		assertThat(output("./status.sh")).contains("the certificate ends in 59 days");
		assertThat(output("./status.sh --json")).contains("\"certificate_days_left\":59");
	}

	@Test
	void shouldChangeNothingForAWrongPair() {
		server.run("./certificate.sh", "ca/one.pem", "ca/one.key").orThrow();
		refused("give two files", 2, "ca/two.pem");
		refused("cannot be read", 2, "ca/two.pem", "ca/nonesuch.key");
		refused("is no certificate", 2, "ca/two.key", "ca/two.key");
		refused("is no private key", 2, "ca/two.pem", "ca/two.crt");
		refused("without a passphrase", 2, "ca/one.pem", "ca/secret.key");
		refused("is not the key of the first certificate", 2, "ca/two.pem", "ca/one.key");
		refused("is not the key of the first certificate", 2, "ca/wrong-order.pem", "ca/one.key");
		refused("has expired", 2, "ca/expired.pem", "ca/one.key");
	}

	@Test
	void shouldPutTheOldPairBackWhereNginxRefusesItsFiles() {
		server.run("./certificate.sh", "ca/one.pem", "ca/one.key").orThrow();
		server.shell("echo 'nonsense;' >nginx/site.d/wrong.conf").orThrow();
		try {
			refused("nonsense", 1, "ca/two.pem", "ca/two.key");
		}
		finally {
			server.shell("rm nginx/site.d/wrong.conf").orThrow();
		}
	}

	/** As certbot's hook: root may read its files, and owns no more here than before. */
	@Test
	void shouldGoOnAsTheOwnerWhereRootCallsIt() {
		String ofRoot = output("find . -user root");
		server.server()
			.execAsRoot("sh", "-c",
					"mkdir -m 700 -p /root/le && cp ca/two.pem ca/two.key /root/le && ./certificate.sh /root/le/two.pem /root/le/two.key")
			.orThrow();
		assertThat(served()).isEqualTo(serialOf("two"));
		assertThat(output("find . -user root")).isEqualTo(ofRoot);
	}

	@Test
	void shouldServeTheAnswersToHttpChallenges() {
		server.shell("""
				mkdir -p nginx/acme/.well-known/acme-challenge
				echo proof >nginx/acme/.well-known/acme-challenge/token
				grep -A 2 '^#if' nginx/location.d/service.conf.example | cut -c 2- >nginx/location.d/service.conf
				./reload.sh
				""").orThrow();
		try {
			assertThat(output("curl -s http://127.0.0.1:8080/.well-known/acme-challenge/token")).as("not redirected")
				.isEqualTo("proof");
			assertThat(output("curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:8080/")).isEqualTo("301");
		}
		finally {
			server.shell("rm -r nginx/location.d/service.conf nginx/acme && ./reload.sh").orThrow();
		}
	}

	private static void refused(String why, int status, String... files) {
		String before = output("cat tls/*.pem | sha256sum");
		Execution refused = server.shell("./certificate.sh " + String.join(" ", files));
		assertThat(refused.exitCode()).as(refused.output()).isEqualTo(status);
		assertThat(refused.lines()).hasSize(1);
		assertThat(refused.output()).startsWith("certificate.sh: ").contains(why);
		assertThat(output("cat tls/*.pem | sha256sum")).isEqualTo(before);
		assertThat(lines("ls tls")).isEqualTo(List.of("certificate.pem", "key.pem"));
		assertThat(served()).isEqualTo(serialOf("one"));
	}

	private static String served() {
		return output(
				"openssl s_client -connect 127.0.0.1:8443 </dev/null 2>/dev/null | openssl x509 -noout -serial | cut -d = -f 2");
	}

	private static String serialOf(String name) {
		return output("openssl x509 -noout -serial -in ca/" + name + ".crt | cut -d = -f 2");
	}

	private static List<String> lines(String script) {
		return server.shell(script).orThrow().lines();
	}

	private static String output(String script) {
		return server.shell(script).orThrow().output().strip();
	}

}
