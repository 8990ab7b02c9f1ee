package dev.zerodowntime.step3;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What can be reached from outside, and what must not. */
@Order(BlueGreenServer.FIRST)
class ExposureIT {

	private static BlueGreenServer server;

	@BeforeAll
	static void start() {
		server = BlueGreenServer.withGuestBook();
	}

	@Test
	void shouldPublishOnlyTheProxy() {
		assertThat(output("docker ps --format '{{.Names}} {{.Ports}}' | grep 0.0.0.0 | cut -d ' ' -f 1"))
			.isEqualTo("bluegreen-nginx-1");
		assertThat(output(
				"awk '$4 == \"0A\" { print substr($2, length($2) - 3) }' /proc/net/tcp /proc/net/tcp6 | sort -u"))
			.as("listening sockets: 8080 and 8443")
			.isEqualTo("1F90\n20FB");
	}

	@Test
	void shouldNotRouteToTheActuator() {
		server.get("/actuator/health").statusCode(404);
		server.get("/actuator").statusCode(404);
		assertThat(output(". lib/all.sh; look_up; curl -s \"http://$(address \"$live-1\"):8081/actuator/env\""))
			.contains("\"status\":404");
	}

	@Test
	void shouldRunNothingAsRootAndGiveTheSocketToNobody() {
		for (String container : server.run("docker", "ps", "--format", "{{.Names}}").lines()) {
			assertThat(output("docker exec " + container + " id -u")).as(container).isNotEqualTo("0");
			assertThat(output("docker inspect --format '{{.Mounts}}' " + container)).as(container)
				.doesNotContain("docker.sock");
		}
	}

	@Test
	void shouldLetNoContainerWriteIntoItself() {
		for (String container : server.run("docker", "ps", "--format", "{{.Names}}").lines()) {
			assertThat(output("docker inspect --format '{{.HostConfig.ReadonlyRootfs}}' " + container)).as(container)
				.isEqualTo("true");
		}
	}

	@Test
	void shouldKeepTheKeyToItsOwner() {
		assertThat(output("stat -c '%a %U' tls/key.pem")).isEqualTo("600 app");
	}

	@Test
	void shouldSpeakHttp2() {
		assertThat(output("curl -sk -o /dev/null -w '%{http_version}' https://127.0.0.1:8443/")).isEqualTo("2");
	}

	private static String output(String script) {
		return server.shell(script).orThrow().output();
	}

}
