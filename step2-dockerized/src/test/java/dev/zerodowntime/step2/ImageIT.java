package dev.zerodowntime.step2;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import dev.zerodowntime.lab.Stage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is in the image, and what is not. */
class ImageIT {

	private static final String LAYERS = "docker image inspect --format '{{join .RootFS.Layers \"\\n\"}}' ";

	private static ContainerServer server;

	@BeforeAll
	static void start() {
		server = ContainerServer.asNew();
		server.run("./deploy.sh", "v2").orThrow();
		server.run("./deploy.sh", "v1").orThrow();
	}

	@Test
	void shouldRunAsNobodyInParticular() {
		// Numbers only: what id prints for a user without a name is not the same in every
		// base image
		assertThat(output("docker exec guest-book sh -c 'echo $(id -u) $(id -g) $(id -G)'"))
			.isEqualTo("10001 10001 10001");
		assertThat(server.shell("docker exec guest-book touch application.jar").output()).contains("Permission denied");
	}

	@Test
	void shouldHaveJavaAsProcessOne() {
		assertThat(output("docker exec guest-book cat /proc/1/comm")).isEqualTo("java");
	}

	@Test
	void shouldBringARuntimeAndNoCompiler() {
		assertThat(server.shell("docker exec guest-book javac -version").output()).contains("not found");
	}

	@Test
	void shouldTellItsVersion() {
		assertThat(output("docker image inspect --format"
				+ " '{{index .Config.Labels \"org.opencontainers.image.version\"}}' guest-book:v2"))
			.isEqualTo("v2");
	}

	@Test
	void shouldStartFromItsAotCache() {
		// "on" refuses to start where "auto" goes on without
		String start = "docker run --rm -e JAVA_TOOL_OPTIONS=-XX:AOTMode=on guest-book:v1"
				+ " -XX:AOTCache=%s -Dspring.context.exit=onRefresh -jar application.jar";
		String entry = start.replace("guest-book:v1", "--entrypoint java guest-book:v1");
		assertThat(server.shell(entry.formatted("app.aot")).output()).contains("Root WebApplicationContext");
		assertThat(server.shell(entry.formatted("nonesuch.aot")).output()).doesNotContain("Root WebApplicationContext");
	}

	@Test
	void shouldShareAllButTheLastLayersBetweenReleases() {
		List<String> v1 = server.shell(LAYERS + "guest-book:v1").lines();
		List<String> v2 = server.shell(LAYERS + "guest-book:v2").lines();
		// Then come the own classes, the folders for data and the AOT cache
		int own = v1.size() - 3;
		assertThat(v2.subList(0, own)).isEqualTo(v1.subList(0, own)).isNotEmpty();
		assertThat(v2.get(own)).isNotEqualTo(v1.get(own));
	}

	/** On this machine's engine, where the images were built. */
	@Test
	void shouldMakeTheSameLayersOfTheSameJar() throws Exception {
		String again = "guest-book:again";
		onHost("BUILDX_BUILDER=$(docker context show 2>/dev/null || echo default) docker build --no-cache"
				+ " --build-arg JRE=" + System.getProperty("jre.image", "zero-downtime/jre")
				+ " --build-arg VERSION=v1 --tag " + again + " .");
		try {
			List<String> first = onHost(LAYERS + "guest-book:v1");
			List<String> second = onHost(LAYERS + again);
			int aotCache = first.size() - 2;
			assertThat(second.subList(0, aotCache)).isEqualTo(first.subList(0, aotCache)).isNotEmpty();
		}
		finally {
			onHost("docker rmi " + again);
		}
	}

	private static List<String> onHost(String script) throws IOException, InterruptedException {
		Process process = new ProcessBuilder("sh", "-c", script).directory(Stage.named("step2").directory().toFile())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		return output.strip().lines().toList();
	}

	private static String output(String script) {
		return server.shell(script).orThrow().output();
	}

}
