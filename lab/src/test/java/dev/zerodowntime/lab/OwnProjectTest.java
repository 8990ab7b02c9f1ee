package dev.zerodowntime.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * {@code ./workshop up step3 --app DIR}: what a project has to have, and which jar is
 * taken.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class OwnProjectTest {

	private static final String FIND = """
			set -eu
			STATE=$PWD/state CALLER=$PWD
			for part in ui kit app; do . "$1/lab/host/$part.sh"; done
			find_app orders
			echo "$APP"
			""";

	private static final String BUILD = "APP=orders \"$1/step3-nginx-bluegreen/build.sh\" v1";

	@TempDir
	private Path folder;

	@BeforeEach
	void makeProject() throws IOException {
		write("pom.xml", "");
		write("server/settings.sh", "# hers\nSERVICE=orders\n");
		write("server/app.env", "");
		write("server/warmup.txt", "# hers\n/shop/products\n");
	}

	@Test
	void shouldFindAProject() throws Exception {
		assertEquals(this.folder.toRealPath().resolve("orders").toString(), shell(FIND));
		Files.delete(orders("pom.xml"));
		write("build/libs/orders.jar", "");
		assertEquals(this.folder.toRealPath().resolve("orders").toString(), shell(FIND));
	}

	@Test
	void shouldSayInOneLineWhatAProjectLacks() throws Exception {
		Files.delete(orders("pom.xml"));
		assertEquals("workshop: orders has neither a pom.xml nor a jar in target or build/libs: with Gradle, "
				+ "./gradlew bootJar first", shell(FIND));
		write("server/warmup.txt", "shop\n");
		assertEquals("workshop: orders/server/warmup.txt has no path: a line that begins with /", shell(FIND));
		write("server/settings.sh", "#SERVICE=orders\n");
		assertEquals("workshop: orders/server/settings.sh does not set SERVICE: see docs/en/your-own-service.md",
				shell(FIND));
		Files.delete(orders("server/app.env"));
		assertEquals("workshop: orders has no server/app.env: see docs/en/your-own-service.md", shell(FIND));
		assertEquals("workshop: nowhere is not a folder", shell(FIND.replace("find_app orders", "find_app nowhere")));
	}

	@Test
	void shouldBuildTheNewestExecutableJar() throws Exception {
		assertEquals("build.sh: no executable jar in orders/target or orders/build/libs: build the project first "
				+ "(mvn package, gradle bootJar)", shell(BUILD));
		write("target/orders-1.jar", "BOOT-INF/");
		write("build/libs/orders-2.jar", "BOOT-INF/");
		write("target/orders-3-plain.jar", "META-INF/");
		Instant now = Instant.now();
		Files.setLastModifiedTime(orders("target/orders-1.jar"), FileTime.from(now.minusSeconds(60)));
		assertTrue(
				shell(BUILD).contains("==> building orders:v1 from " + orders("build/libs/orders-2.jar").toRealPath()));
		Files.setLastModifiedTime(orders("target/orders-1.jar"), FileTime.from(now.plusSeconds(60)));
		assertTrue(shell(BUILD).contains("==> building orders:v1 from " + orders("target/orders-1.jar").toRealPath()));
		assertTrue(Files.isDirectory(orders("target/releases")));
	}

	private Path orders(String file) {
		return this.folder.resolve("orders").resolve(file);
	}

	private void write(String file, String text) throws IOException {
		Files.createDirectories(orders(file).getParent());
		Files.writeString(orders(file), text);
	}

	private String shell(String script) throws Exception {
		ProcessBuilder builder = new ProcessBuilder("sh", "-c", script, "sh", Stage.root().toString());
		// No engine: there is no need for one
		builder.environment().put("DOCKER_HOST", "unix://" + this.folder + "/none");
		Process process = builder.directory(this.folder.toFile()).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		process.waitFor();
		return output.strip();
	}

}
