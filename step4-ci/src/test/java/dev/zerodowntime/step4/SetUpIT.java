package dev.zerodowntime.step4;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.step4.CiServer.Release;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Setting up a server as the chapter says: keys, connections, the way from stage 3. */
class SetUpIT {

	private static CiServer server;

	@BeforeAll
	static void start() {
		server = CiServer.inAHurry();
	}

	/** With both pairs, as the other tests want it. */
	@AfterEach
	void installAgain() {
		server.shell("[ -f keys/ci ] || rm -f keys/ci.pub; ./install.sh").orThrow();
	}

	@Test
	void shouldTakeAccessFromAKeyThatWasReplaced() {
		Execution replaced = server
			.shell("""
					set -e
					echo 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOnJnKqDeNpDwoEZa5IepkkMF/ebc5dukOxxUBXnZP5B somebody' >>.ssh/authorized_keys
					mv keys/ci stolen
					rm keys/ci.pub
					./install.sh
					./install.sh
					grep -c door.sh .ssh/authorized_keys
					grep -c somebody .ssh/authorized_keys
					ssh -i keys/ci -o IdentitiesOnly=yes -o BatchMode=yes app@127.0.0.1 history
					! ssh -i stolen -o IdentitiesOnly=yes -o BatchMode=yes app@127.0.0.1 history
					""");
		assertThat(replaced.exitCode()).as(replaced.output()).isZero();
		assertThat(replaced.lines()).contains("2", "1", "live: nothing")
			.last()
			.asString()
			.contains("Permission denied (publickey)");
	}

	@Test
	void shouldRefuseADamagedPublicKey() {
		Execution refused = server
			.shell("echo 'ssh-ed25519 AAAA broken' >keys/ci.pub; mv keys/ci ci; ./install.sh; rm -f keys/ci.pub");
		assertThat(refused.output()).contains("install.sh: keys/ci.pub is not a public key (");
	}

	@Test
	void shouldWorkInAFolderWithASpace() {
		Execution asked = server.shell("""
				set -e
				mkdir -p 'a folder'
				cp *.sh registry.yaml 'a folder'
				cd 'a folder'
				ln -sfn ../bluegreen bluegreen
				./install.sh
				ssh -i keys/ci -o IdentitiesOnly=yes -o BatchMode=yes app@127.0.0.1 history
				""");
		assertThat(asked.exitCode()).as(asked.output()).isZero();
		assertThat(asked.lines()).last().isEqualTo("live: nothing");
	}

	/** The private halves of the two pairs were never on the server. */
	@Test
	void shouldLetTheHookConnectWherePublicKeysAreAllThereIs() {
		Execution asked = server.shell("""
				set -e
				rm -f keys/ci .ssh/ci_key .ssh/ci_key.pub
				./install.sh
				ssh -i .ssh/ci_key -o IdentitiesOnly=yes -o BatchMode=yes app@127.0.0.1 history
				""");
		assertThat(asked.exitCode()).as(asked.output()).isZero();
		assertThat(asked.lines()).last().isEqualTo("live: nothing");
	}

	@ParameterizedTest
	@CsvSource({ "app@127.0.0.1, Permission denied", "app@localhost, Host key verification failed",
			"app@127.0.0.1 -p 1, Connection refused" })
	void shouldSayThatTheServerWasNeverReached(String address, String reason) {
		String[] parts = address.split(" -p ");
		Execution ship = server.shell("""
				mkdir -p stranger/.ssh
				[ -f stranger/.ssh/ci_key ] || ssh-keygen -q -t ed25519 -N '' -f stranger/.ssh/ci_key
				printf 'Host *\\nPort %s\\nUpdateHostKeys no\\n' >.ssh/config
				cd desk
				HOME=/srv/app/stranger SERVER=%s IMAGE=localhost:5000/guest-book@sha256:0 ci/ship.sh
				status=$?
				rm ../.ssh/config
				exit $status
				""".formatted((parts.length > 1) ? parts[1] : "22", parts[0]));
		assertThat(ship.exitCode()).as(ship.output()).isEqualTo(255);
		assertThat(ship.lines()).hasSize(1)
			.first()
			.asString()
			.startsWith("ship.sh: cannot connect to " + parts[0] + ", nothing was shipped: ")
			.contains(reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "s/$/\\r/", "s/^/  /", "s/$/ /" })
	void shouldRepairAKeyThatIsOnlyDamagedAtTheEndsOfItsLines(String damage) {
		Execution trust = trust("\"$(sed '" + damage + "' ../keys/ci)\"");
		assertThat(trust.exitCode()).as(trust.output()).isZero();
		assertThat(trust.output())
			.startsWith("==> CI_KEY has Windows line ends, spaces or empty lines around its text");
		assertThat(server.shell("cmp keys/ci elsewhere/.ssh/ci_key").exitCode()).isZero();
	}

	@Test
	void shouldTakeAKeyAsItIs() {
		assertThat(trust("\"$(cat ../keys/ci)\"").orThrow().output()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "'a secret'", "\"$(tr '\\n' ' ' <../keys/ci)\"" })
	void shouldNameAKeyThatIsNone(String key) {
		Execution trust = trust(key);
		assertThat(trust.exitCode()).as(trust.output()).isEqualTo(2);
		assertThat(trust.lines()).last()
			.asString()
			.startsWith("trust.sh: CI_KEY is not a private key without a passphrase (1 lines; ");
	}

	@Test
	void shouldTakeOverAServerWhereStage3IsLive() {
		server.release("stage-3", "");
		server.shell("""
				set -e
				mv bluegreen app
				docker tag localhost:5000/guest-book:stage-3 bluegreen/guest-book:v1
				app/deploy.sh v1
				ln -s app bluegreen
				""").orThrow();
		try {
			Release release = server.release("first-push", "");
			Execution gate = server.run("./gate.sh", release.version(), release.commit(), release.image());
			assertThat(gate.exitCode()).as(gate.output()).isZero();
			assertThat(gate.lines()).last().isEqualTo("==> first-push is kept");
			assertThat(server.live()).isEqualTo("first-push");
		}
		finally {
			server.shell("rm bluegreen; mv app bluegreen").orThrow();
		}
	}

	private static Execution trust(String key) {
		return server.shell("""
				mkdir -p elsewhere
				cd desk
				HOME=/srv/app/elsewhere CI_KEY=%s KNOWN_HOSTS="$(cat ../.ssh/known_hosts)" ci/trust.sh
				""".formatted(key));
	}

}
