package dev.zerodowntime.orders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

	@Test
	void shouldBeLiveWhereThereAreNoGroups() {
		assertThat(new LiveGroup("").isLive()).isTrue();
	}

}
