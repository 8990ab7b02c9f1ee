package dev.zerodowntime.step3;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.lab.Execution;

import static org.assertj.core.api.Assertions.assertThat;

/** A command that runs on the server while the test goes on. */
final class Deploying {

	private static final long LIMIT_SECONDS = 60;

	private final BlockingQueue<String> progress = new LinkedBlockingQueue<>();

	private final CompletableFuture<Execution> execution;

	private Deploying(BlueGreenServer server, String... command) {
		this.execution = CompletableFuture.supplyAsync(() -> server.run(this.progress::add, command));
	}

	static Deploying run(BlueGreenServer server, String... command) {
		return new Deploying(server, command);
	}

	/** Waits, a minute at most, until the command has printed such a line. */
	Deploying until(String part) throws InterruptedException {
		String line = "";
		while (!line.contains(part)) {
			line = this.progress.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
			assertThat(line).as("a line before '%s'", part).isNotNull();
		}
		return this;
	}

	Execution ended() {
		return this.execution.join();
	}

}
