package dev.zerodowntime.lab.docs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Types commands as the reader of a page does, one after the other, in the repository's
 * folder. {@code watch} and {@code board} run in a second terminal until the end.
 */
final class Typist implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofMinutes(40);

	private static final Duration READY_LIMIT = Duration.ofSeconds(60);

	private static final Duration END_LIMIT = Duration.ofSeconds(30);

	private static final Pattern SECOND_TERMINAL = Pattern.compile("\\./workshop (watch|board)\\b.*");

	/** What the second terminal prints when it is ready. */
	private static final Pattern READY = Pattern.compile("==> (Live page|Class board): .*");

	private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)");

	private final Path folder;

	private final Consumer<String> log;

	private final List<Process> secondTerminals = new ArrayList<>();

	private final List<String> output = new ArrayList<>();

	private String port = "";

	Typist(Path folder, Consumer<String> log) {
		this.folder = folder;
		this.log = log;
	}

	/**
	 * What was printed since it was asked for the last time, second terminals included.
	 */
	List<String> output() {
		synchronized (this.output) {
			List<String> printed = List.copyOf(this.output);
			this.output.clear();
			return printed;
		}
	}

	/**
	 * Types a command.
	 * @param command one line
	 * @param input what is typed after it, for a command that asks for more
	 * @return its exit status
	 */
	int type(String command, List<String> input) throws IOException, InterruptedException {
		String complete = command.replaceAll("\\bPORT\\b", this.port);
		this.log.accept("$ " + complete);
		input.forEach((line) -> this.log.accept("> " + line));
		if (SECOND_TERMINAL.matcher(complete).matches()) {
			return openSecondTerminal(complete);
		}
		if (complete.startsWith("./workshop down")) {
			closeSecondTerminals();
		}
		Process process = start(complete);
		Thread reader = readAside(process, this::note);
		try (var typed = process.outputWriter(StandardCharsets.UTF_8)) {
			for (String line : input) {
				// Without a terminal, a command must not take the next one for its input
				typed.write("{ " + line + "\n} </dev/null\n");
			}
		}
		if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
			end(process);
			throw new IOException("waited %d minutes for '%s' to end".formatted(LIMIT.toMinutes(), complete));
		}
		reader.join(END_LIMIT.toMillis());
		return process.exitValue();
	}

	private int openSecondTerminal(String command) throws IOException, InterruptedException {
		Process process = start(command);
		this.secondTerminals.add(process);
		process.getOutputStream().close();
		CountDownLatch ready = new CountDownLatch(1);
		readAside(process, (line) -> {
			note(line);
			if (READY.matcher(line).matches()) {
				ready.countDown();
			}
		});
		return ready.await(READY_LIMIT.toSeconds(), TimeUnit.SECONDS) ? 0 : 1;
	}

	private Process start(String command) throws IOException {
		ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec " + command).directory(this.folder.toFile())
			.redirectErrorStream(true);
		builder.environment().put("NO_COLOR", "1");
		return builder.start();
	}

	private static Thread readAside(Process process, Consumer<String> lines) {
		Thread reader = new Thread(() -> read(process, lines), "typist-reader");
		reader.setDaemon(true);
		reader.start();
		return reader;
	}

	private static void read(Process process, Consumer<String> lines) {
		try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
			reader.lines().forEach(lines);
		}
		catch (IOException | UncheckedIOException ex) {
			// It was ended
		}
	}

	private void note(String line) {
		this.log.accept("  " + line);
		Matcher url = URL.matcher(line);
		// The last line of "up"
		if (url.matches()) {
			this.port = url.group(1);
		}
		synchronized (this.output) {
			this.output.add(line);
		}
	}

	private void closeSecondTerminals() throws InterruptedException {
		for (Process process : this.secondTerminals) {
			this.log.accept("(Ctrl-C in the second terminal)");
			end(process);
		}
		this.secondTerminals.clear();
	}

	private static void end(Process process) throws InterruptedException {
		process.toHandle().destroy();
		if (!process.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
	}

	@Override
	public void close() throws InterruptedException {
		closeSecondTerminals();
	}

}
