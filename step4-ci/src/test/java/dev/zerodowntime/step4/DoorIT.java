package dev.zerodowntime.step4;

import dev.zerodowntime.lab.Execution;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the two keys open, and what they do not. */
class DoorIT {

	private static final String COMMIT = "0123456789012345678901234567890123456789";

	private static final String DIGEST = "@sha256:0000000000000000000000000000000000000000000000000000000000000000";

	private static CiServer server;

	@BeforeAll
	static void start() {
		server = CiServer.asNew();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "sh", "sh -c id", "id; status", "status; id", "status $(id)", "cat /etc/passwd",
			"scp -f /etc/passwd", "/usr/lib/openssh/sftp-server", "git-upload-pack guest-book.git",
			"deploy v1 " + COMMIT + " evil.example/guest-book" + DIGEST,
			"deploy v1 " + COMMIT + " localhost:5000/guest-book:v1",
			"deploy v1;id " + COMMIT + " localhost:5000/guest-book" + DIGEST,
			"deploy --no-bake " + COMMIT + " localhost:5000/guest-book" + DIGEST,
			"deploy v1 " + COMMIT + " localhost:5000/guest-book" + DIGEST + " twice", "rollback --list",
			"rollback v1;id", "deploy v1 HEAD localhost:5000/guest-book" + DIGEST, "follow ../keys",
			"show " + COMMIT + " ../../keys/ci", "show ../keys ci" })
	void shouldRefuseTheKeyOfTheCiAllElse(String command) {
		Execution execution = ssh("ci", "", command);
		assertThat(execution.exitCode()).as(execution.output()).isEqualTo(2);
		assertThat(execution.lines()).hasSize(1).first().asString().startsWith("command not allowed: ");
	}

	@Test
	void shouldLetTheKeyOfTheCiAskHowItGoes() {
		assertThat(ssh("ci", "", "history").orThrow().lines()).first().asString().startsWith("live: ");
		assertThat(ssh("ci", "", "status").orThrow().lines()).hasSizeGreaterThanOrEqualTo(2);
		assertThat(ssh("ci", "", "follow " + COMMIT).output()).contains("no run found");
	}

	@Test
	void shouldTouchNothingWhenTheImageIsNotThere() {
		Execution execution = ssh("ci", "", "deploy v1 " + COMMIT + " localhost:5000/guest-book" + DIGEST);
		assertThat(execution.exitCode()).isEqualTo(2);
		assertThat(execution.output()).contains("gate.sh: the image cannot be pulled: ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ci", "developer" })
	void shouldForwardNoPortAndNoFile(String key) {
		assertThat(ssh(key, "-W 127.0.0.1:5000", "").output()).contains("administratively prohibited");
		Execution back = ssh(key, "-o ExitOnForwardFailure=yes -N -R 9999:127.0.0.1:5000", "");
		assertThat(back.exitCode()).isEqualTo(255);
		assertThat(back.output()).contains("remote port forwarding failed");
		assertThat(server
			.shell("sftp -q -i keys/" + key
					+ " -o StrictHostKeyChecking=yes app@127.0.0.1:keys/ci stolen; test ! -e stolen")
			.exitCode()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "sh", "cat keys/ci", "git-shell", "git --version" })
	void shouldLetTheKeyOfADeveloperOnlyPushAndFetch(String command) {
		Execution execution = ssh("developer", "", command);
		assertThat(execution.exitCode()).as(execution.output()).isNotZero();
		assertThat(execution.output()).doesNotContain("PRIVATE KEY", "git version");
	}

	@Test
	void shouldTakeNoPassword() {
		assertThat(server.shell("ssh -o BatchMode=yes -o PubkeyAuthentication=no app@127.0.0.1 id").output())
			.contains("Permission denied (publickey)");
	}

	@Test
	void shouldKeepPrivateWhatIsPrivate() {
		assertThat(server.shell("stat -c %a keys keys/ci keys/developer .ssh .ssh/ci_key .ssh/authorized_keys").lines())
			.containsExactly("700", "600", "600", "700", "600", "600");
	}

	@Test
	void shouldReachRegistryAndSshFromThisMachineOnly() {
		assertThat(server.shell("docker port registry-registry-1").output()).isEqualTo("5000/tcp -> 127.0.0.1:5000");
		// Local addresses in the kernel's notation: 0100007F is 127.0.0.1; port 22 is
		// 0016
		assertThat(
				server.shell("awk '$4 == \"0A\" && $2 ~ /:0016$/ { print $2 }' /proc/net/tcp /proc/net/tcp6").lines())
			.containsExactly("0100007F:0016");
	}

	private static Execution ssh(String key, String options, String command) {
		return server.shell(
				"timeout 20 ssh -T -i keys/%s -o IdentitiesOnly=yes -o BatchMode=yes %s app@127.0.0.1 '%s' </dev/null"
					.formatted(key, options, command));
	}

}
