package dev.zerodowntime.orders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LiveGroupTest {

	@TempDir
	private Path live;

	@Test
	void shouldBeLiveWhereTheFileIs() throws IOException {
		LiveGroup blue = new LiveGroup(this.live.resolve("blue").toString());
		assertThat(blue.isLive()).isFalse();
		Files.createFile(this.live.resolve("green"));
		assertThat(blue.isLive()).isFalse();
		Files.move(this.live.resolve("green"), this.live.resolve("blue"));
		assertThat(blue.isLive()).isTrue();
	}

	/** The line that the manual shows gives the same answers. */
	@ParameterizedTest
	@CsvSource({ "'', true", "blue, true", "green, false" })
	void shouldBeLiveInAShellWhereItIsLiveInJava(String group, boolean live) throws Exception {
		Files.createFile(this.live.resolve("blue"));
		String file = group.isEmpty() ? "" : this.live.resolve(group).toString();
		String line = Files.readAllLines(Path.of("../docs/en/own-vm.md"))
			.stream()
			.filter((each) -> each.endsWith("|| ./send-invoices"))
			.findFirst()
			.orElseThrow();
		ProcessBuilder job = new ProcessBuilder("sh", "-c", line.replace("./send-invoices", "exit 7"));
		job.environment().put("DEPLOY_LIVE_FILE", file);
		Process process = job.start();
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue() == 7).isEqualTo(live).isEqualTo(new LiveGroup(file).isLive());
	}

	@Test
	void shouldBeLiveWhereThereAreNoGroups() {
		assertThat(new LiveGroup("").isLive()).isTrue();
	}

}
