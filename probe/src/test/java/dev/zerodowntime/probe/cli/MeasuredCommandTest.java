package dev.zerodowntime.probe.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.zerodowntime.probe.model.CommandResult;
import dev.zerodowntime.probe.model.Events;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@DisabledOnOs(OS.WINDOWS)
class MeasuredCommandTest {

	private static final long LIMIT_SECONDS = 60;

	@Test
	void aCommandThatDoesNotEndWhenAskedToIsKilledWithAllItHasStarted(@TempDir Path directory) throws Exception {
		CompletableFuture<String> printed = new CompletableFuture<>();
		MeasuredCommand command = new MeasuredCommand(
				List.of("sh", "-c", "trap '' TERM; sleep 300 & echo $!; while :; do wait; done"), printed::complete,
				Duration.ofMillis(100));
		CompletableFuture<CommandResult> result = CompletableFuture.supplyAsync(() -> run(command));
		try {
			long child = Long.parseLong(printed.get(LIMIT_SECONDS, TimeUnit.SECONDS));
			CompletableFuture<ProcessHandle> ended = ProcessHandle.of(child).orElseThrow().onExit();
			command.stop();
			assertThat(result.get(LIMIT_SECONDS, TimeUnit.SECONDS).exitCode()).isEqualTo(137);
			ended.get(LIMIT_SECONDS, TimeUnit.SECONDS);
		}
		finally {
			ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
		}
	}

	@Test
	void theReportKeepsTheBeginningOfAnEndlessOutput() {
		AtomicInteger printed = new AtomicInteger();
		MeasuredCommand command = new MeasuredCommand(
				List.of("sh", "-c", "yes | head -n " + 2 * MeasuredCommand.MAX_LINES),
				(line) -> printed.incrementAndGet());
		List<String> output = run(command).output();
		assertThat(output).hasSize(MeasuredCommand.MAX_LINES).startsWith("y").endsWith("(later lines are left out)");
		assertThat(printed).hasValue(2 * MeasuredCommand.MAX_LINES);
	}

	private static CommandResult run(MeasuredCommand command) {
		try {
			return command.run(new NoEvents());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static final class NoEvents implements Events {

		@Override
		public void mark(String name) {
		}

		@Override
		public long nowMs() {
			return 0;
		}

	}

}
