package dev.zerodowntime.step3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.UnderLoad;
import dev.zerodowntime.lab.junit.MeasuredTest;
import dev.zerodowntime.probe.ReportAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the owner of a service says in her own files: settings.sh, app.env, and what is
 * hers in nginx/.
 */
class KitIT {

	/** As an owner does it: the kit, her three files, and what keeps it apart. */
	private static final String SECOND_SERVICE = """
			set -e
			rm -rf orders && mkdir -p orders/nginx
			cp -R deploy.sh rollback.sh status.sh reload.sh compose.yaml lib orders
			cp nginx/*.conf orders/nginx
			cd orders
			cat >settings.sh <<'END'
			%s
			HTTP_PORT=8090 HTTPS_PORT=8453 SUBNET=172.29.78
			INSTANCES=1 BAKE=0 WARMUP_ROUNDS=20
			END
			echo "NGINX_IMAGE=$(. ../settings.sh && echo "$NGINX_IMAGE")" >>settings.sh
			cat >app.env <<'END'
			%s
			END
			chmod 600 app.env
			cat >warmup.txt <<'END'
			%s
			END
			mkdir -p image/dev/zerodowntime/orders
			echo '%s' | base64 -d >image/dev/zerodowntime/orders/OrdersApplication.class
			printf '%%s\\n' 'FROM bluegreen/guest-book:v1' 'COPY dev /app/orders/dev' 'LABEL org.opencontainers.image.version=' \\
				'ENTRYPOINT ["java", "-cp", "/app/orders:/app/lib/*", "dev.zerodowntime.orders.OrdersApplication"]' >image/Dockerfile
			docker build --quiet --tag orders:one image
			docker build --quiet --tag orders:two --label release=two image
			""";

	private static BlueGreenServer server;

	@BeforeAll
	static void start() {
		server = BlueGreenServer.withLittleReleases();
	}

	/** In each test, l1 is live, with two instances. */
	@BeforeEach
	void reset() {
		server.set("INSTANCES=2 BAKE=0");
		if (!server.version().equals("l1") || containers().split(" ").length != 3) {
			server.run("./deploy.sh", "l1").orThrow();
		}
	}

	/**
	 * The number in the settings is for the next deploy; until then, and for a rollback,
	 * it is what it was.
	 */
	@MeasuredTest
	void shouldChangeTheNumberOfInstancesWhileTheServiceIsLive() {
		reset();
		String idle = other(group());
		server.set("INSTANCES=3");
		assertThat(server.run("./status.sh").orThrow().output()).doesNotContain("-3");
		deployedUnderLoad("./deploy.sh l2");
		assertThat(containers()).isEqualTo("%1$s-1 %1$s-2 %1$s-3 nginx".formatted(idle));
		assertThat(server.shell("""
				. lib/all.sh
				for request in 1 2 3 4 5 6 7 8 9 10 11 12; do
					curl -s -o /dev/null -D - "http://$SUBNET.2:8082/" | grep -i x-answered-by
				done | sort -u | wc -l
				""").output()).as("instances that answer").isEqualTo("3");

		server.set("INSTANCES=1 BAKE=60");
		deployedUnderLoad("""
				./deploy.sh l1 >deploy.log 2>&1 &
				timeout 60 sh -c 'until grep -q "stays warm" deploy.log; do sleep 0.1; done'
				docker ps --format '{{.Names}}' | wc -l
				./rollback.sh
				""");
		assertThat(server.live()).isEqualTo(idle + " l2");
		assertThat(containers()).isEqualTo("%1$s-1 %1$s-2 %1$s-3 nginx".formatted(idle));
	}

	/** As every deploy, but nginx has to be asked to read its files once more. */
	@Test
	void shouldGoOnWhereADeployWithAnotherNumberWasKilled() {
		String idle = other(group());
		server.set("INSTANCES=3");
		server.shell("""
				. lib/all.sh
				see
				: >nginx/instances/unread
				write_instances %s
				""".formatted(idle)).orThrow();
		assertThat(server.run("./status.sh").orThrow().output()).contains("l1");
		server.run("./deploy.sh", "l2").orThrow();
		assertThat(server.live()).isEqualTo(idle + " l2");
		assertThat(server.shell("ls nginx/instances").output().split("\\s+")).containsExactly("blue.conf",
				"green.conf");
	}

	/** As after an upgrade of the scripts, with settings that were changed at once. */
	@Test
	void shouldWriteDownALiveGroupAsItWasDeployed() {
		String group = group();
		String file = "nginx/instances/%s.conf".formatted(group);
		String before = server.shell("cat " + file).output();
		server.shell("rm " + file).orThrow();
		assertThat(server.run("env", "APP_PORT=9090", "./reload.sh").lines()).containsExactly(
				"reload.sh: %1$s does not listen at APP_PORT=9090, and nginx/instances/%1$s.conf is not there to say where, nothing was touched: set APP_PORT to what %1$s was deployed with, and change it after this"
					.formatted(group));
		server.run("env", "INSTANCES=1", "./reload.sh").orThrow();
		assertThat(server.shell("cat " + file).output()).isEqualTo(before);
	}

	@Test
	void shouldGiveTheApplicationItsEnvironmentAndNobodyElse() {
		String idle = other(group());
		server.shell("chmod 644 app.env").orThrow();
		assertThat(server.run("./deploy.sh", "l2").lines()).containsExactly(
				"deploy.sh: other users may read app.env (its mode is 644), nothing was touched: chmod 600 app.env");
		server.shell("chmod 600 app.env; echo \"PASSWORD='a\\$b #c'\" >>app.env").orThrow();
		server.run("./deploy.sh", "l2").orThrow();
		String container = "bluegreen-%s-1-1".formatted(idle);
		assertThat(server.run("docker", "exec", container, "printenv", "PASSWORD").output()).isEqualTo("a$b #c");
		assertThat(server.run("docker", "exec", container, "printenv", "DEPLOY_GROUP").output()).isEqualTo(idle);
		assertThat(server.shell("cat history log/* 2>/dev/null | grep -F 'a$b'").output()).isEmpty();
	}

	@Test
	void shouldKeepTheOwnersDirectivesForNginx() {
		server.shell("""
				mkdir -p nginx/site.d nginx/location.d
				echo 'location = /hello { return 200 hello; }' >nginx/site.d/own.conf
				echo 'add_header X-Own yes always;' >nginx/location.d/own.conf
				./reload.sh
				""").orThrow();
		try {
			server.run("./deploy.sh", "l2").orThrow();
			assertThat(server.get("/hello").extract().body().asString()).isEqualTo("hello");
			assertThat(server.get("/").extract().header("X-Own")).isEqualTo("yes");
		}
		finally {
			server.shell("rm nginx/site.d/own.conf nginx/location.d/own.conf && ./reload.sh").orThrow();
		}
	}

	@Test
	void shouldStartNothingThatDoesNotFitIntoMemory() {
		String before = containers();
		for (String option : new String[] { "--no-bake", "--dry-run" }) {
			Execution deploy = server.run("env", "MEMORY=9999g", "./deploy.sh", option, "l2");
			assertThat(deploy.exitCode()).isEqualTo(1);
			assertThat(deploy.lines()).last()
				.asString()
				.matches("deploy.sh: only \\d+ MB of memory are available, swap included, and (blue|green) needs "
						+ "20477952 \\(2 x 9999g\\), nothing was touched: free some, .*");
		}
		assertThat(server.run("env", "MIN_MEMORY=88888888", "./deploy.sh", "l2").lines()).last()
			.asString()
			.matches(".* needs 88888888 \\(MIN_MEMORY\\), nothing was touched: .*, or set MIN_MEMORY lower");
		assertThat(containers()).isEqualTo(before);
		assertThat(server.run("env", "MEMORY=much", "./deploy.sh", "l2").lines()).last()
			.isEqualTo("deploy.sh: MEMORY=much is not a size such as 512m or 2g: see settings.sh");
	}

	/** The limit of its address space is for an engine that does not limit memory. */
	@Test
	void shouldSayThatAnInstanceWasKilledForMemory() {
		server.image("hungry", "ENTRYPOINT [\"sh\", \"-c\", \"ulimit -v 500000; exec tail /dev/zero\"]");
		Execution deploy = server.run("env", "MEMORY=32m", "./deploy.sh", "hungry");
		assertThat(deploy.exitCode()).isEqualTo(1);
		assertThat(deploy.output()).contains(
				" with hungry was killed for memory: it needs more than MEMORY=32m (settings.sh), the last lines of its log are:");
	}

	@Test
	void shouldRefuseSettingsThatAreNone() {
		assertThat(server.run("env", "INSTANCES=10", "./deploy.sh", "l2").lines())
			.containsExactly("deploy.sh: INSTANCES=10 is not a number from 1 to 9: see settings.sh");
		assertThat(server.run("env", "SERVICE=Guest Book", "./deploy.sh", "l2").exitCode()).isEqualTo(2);
		assertThat(server.run("env", "READY_PATH=health", "./deploy.sh", "l2").exitCode()).isEqualTo(2);
	}

	/**
	 * Another service, which has nothing of the guest book, with one instance in each
	 * group; beside the first one, while that takes requests and somebody holds its lock.
	 */
	@MeasuredTest
	void shouldRunASecondServiceBesideTheFirst() throws IOException {
		String first = server.live();
		String orders = Base64.getEncoder()
			.encodeToString(
					Files.readAllBytes(Path.of("target/test-classes/dev/zerodowntime/orders/OrdersApplication.class")));
		try {
			server
				.shell(SECOND_SERVICE.formatted(owners("settings.sh"), owners("app.env"), owners("warmup.txt"), orders))
				.orThrow();
			String deploys = """
					exec 9<>deploy.lock
					flock 9
					cd orders
					./deploy.sh one 9>&-
					(while [ ! -e enough ]; do
						curl -s -o /dev/null -w '%{http_code}\\n' http://127.0.0.1:8090/shop/products
					done >answers) &
					./deploy.sh two 9>&- && BAKE=30 ./deploy.sh one 9>&- >deploy.log 2>&1 &
					deploys=$!
					timeout 240 sh -c 'until grep -q "stays warm" deploy.log; do sleep 0.5; done' 2>/dev/null
					./rollback.sh 9>&-
					wait $deploys || :
					touch enough
					""";
			deployedUnderLoad(deploys);
			assertThat(server.shell("cd orders && sort answers | uniq -c | xargs").output()).matches("\\d+ 200");
			assertThat(server.shell("cd orders && ./status.sh").output()).containsPattern("(blue|green) +live +two");
			assertThat(server.shell("curl -s http://127.0.0.1:8090/shop/products").output())
				.contains("\"logged in\":true");
			assertThat(server.shell("docker ps --format '{{.Names}}' | grep -c ^orders-").output()).isEqualTo("2");
			assertThat(server.shell("docker inspect $(docker ps --quiet) | grep -c geheim").output())
				.as("in its container's environment, and nowhere else")
				.isEqualTo("1");
			assertThat(server.live()).isEqualTo(first);
		}
		finally {
			server.shell("""
					docker rm --force --volumes $(docker ps --all --quiet --filter name=orders-)
					docker network rm orders
					docker volume rm orders_data
					rm -rf orders
					""");
		}
	}

	private static String owners(String file) throws IOException {
		return Files.readString(Path.of("src/test/kit/orders", file));
	}

	private static void deployedUnderLoad(String script) {
		UnderLoad underLoad = UnderLoad.run(server.server(), UnderLoad.DEFAULT_RATE, LittleServer.DEPLOY_LIMIT,
				(line) -> {
				}, "sh", "-c", script);
		Execution execution = underLoad.execution();
		assertThat(execution.exitCode()).as(execution.output()).isZero();
		ReportAssert.assertThat(underLoad.report()).isTrusted().lostNothing();
	}

	private static String group() {
		return server.live().split(" ")[0];
	}

	private static String other(String group) {
		return group.equals("blue") ? "green" : "blue";
	}

	private static String containers() {
		return server.shell("docker ps --all --format '{{.Names}}' | sed 's/^bluegreen-//; s/-1$//' | sort | xargs")
			.output();
	}

}
