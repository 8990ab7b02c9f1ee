package dev.zerodowntime.probe.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that a test starts. Nothing a test does with it waits without a limit, and
 * closing it ends the process and all it has started.
 *
 * <p>
 * The output goes to a file: a read of a pipe ends only when the last process that holds
 * it has ended, and JUnit's timeout cannot interrupt such a read.
 */
final class ChildProcess implements AutoCloseable {

	private static final long LIMIT_SECONDS = 60;

	private final Process process;

	private final Path output;

	private ChildProcess(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	/**
	 * Starts a process without input.
	 * @param output where its output and its errors go
	 * @param command the command line
	 */
	static ChildProcess start(Path output, List<String> command) throws IOException {
		return new ChildProcess(new ProcessBuilder(command).redirectErrorStream(true)
			.redirectInput(new File("/dev/null"))
			.redirectOutput(output.toFile())
			.start(), output);
	}

	/** Sends a signal, such as {@code INT}, to this process alone. */
	void signal(String name) throws IOException, InterruptedException {
		Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(this.process.pid())).start();
		if (!kill.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
			throw new AssertionError("kill -" + name + " failed; the output so far: " + output());
		}
	}

	/**
	 * Waits for the end.
	 * @return the exit code
	 * @throws AssertionError if it has not ended after 60 s
	 */
	int awaitExit() throws IOException, InterruptedException {
		if (!this.process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
			throw new AssertionError(
					"the process has not ended within " + LIMIT_SECONDS + " s; its output so far: " + output());
		}
		return this.process.exitValue();
	}

	/** What it has printed so far. */
	String output() throws IOException {
		// Never malformed, whatever the caller's locale makes of it
		return Files.readString(this.output, StandardCharsets.ISO_8859_1);
	}

	@Override
	public void close() {
		Stream.concat(this.process.descendants(), Stream.of(this.process.toHandle()))
			.toList()
			.forEach(ProcessHandle::destroyForcibly);
	}

}
