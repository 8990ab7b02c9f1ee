package dev.zerodowntime.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.zerodowntime.probe.model.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class CpuUseTest {

	@TempDir
	private Path proc;

	@Test
	void addsUpWhatEachThreadHasWaitedSinceTheStart() throws IOException {
		waited("self/task/1", 5_000_000);
		waited("self/task/2", 900_000_000);
		stolen(7);
		CpuUse use = new CpuUse(this.proc);
		waited("self/task/1", 25_000_000);
		// Thread 2 has ended, 3 has begun, 4 has begun and ended.
		Files.delete(this.proc.resolve("self/task/2/schedstat"));
		waited("self/task/3", 300_000_000);
		waited("thread-self", 4_000_000_000L);
		use.threadEnds();
		stolen(30);
		assertThat(use.sinceStart()).isEqualTo(new Machine(4320L, 230L));
	}

	@Test
	void reportsNothingWhereTheSystemReportsNothing() throws IOException {
		CpuUse use = new CpuUse(this.proc);
		use.threadEnds();
		assertThat(use.sinceStart()).isEqualTo(new Machine(null, null));
		Files.createDirectories(this.proc.resolve("self/task/1"));
		Files.writeString(this.proc.resolve("stat"), "cpu  1 2 3 4\n");
		CpuUse old = new CpuUse(this.proc);
		assertThat(old.sinceStart()).isEqualTo(new Machine(null, null));
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void seesThatMoreThreadsThanCpusHaveToWait() {
		CpuUse use = new CpuUse();
		AtomicBoolean ended = new AtomicBoolean();
		List<Thread> threads = new ArrayList<>();
		try {
			for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors() + 2; i++) {
				Thread thread = new Thread(() -> {
					while (!ended.get()) {
						Thread.onSpinWait();
					}
				});
				threads.add(thread);
				thread.start();
			}
			await().until(() -> use.sinceStart().cpuWaitMs() > 20);
			assertThat(use.sinceStart().cpuStealMs()).isNotNegative();
		}
		finally {
			ended.set(true);
		}
	}

	private void waited(String thread, long nanos) throws IOException {
		Path folder = Files.createDirectories(this.proc.resolve(thread));
		Files.writeString(folder.resolve("schedstat"), "77000000 " + nanos + " 12\n");
	}

	private void stolen(long ticks) throws IOException {
		Files.writeString(this.proc.resolve("stat"),
				"cpu  54184 0 27674 37422 1871 0 890 " + ticks + " 0 0\ncpu0 26276 0 12760 21428 244 0 340 999 0 0\n");
	}

}
