package dev.zerodowntime.probe.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.zerodowntime.probe.model.CommandResult;
import dev.zerodowntime.probe.model.Events;
import dev.zerodowntime.probe.model.ProbeException;
import org.jspecify.annotations.Nullable;

/** The command after {@code --}, such as a deploy script. */
final class MeasuredCommand {

	private static final long REST_OF_OUTPUT_MS = 500;

	/** What the report keeps of the output: a command may print without end. */
	static final int MAX_LINES = 10_000;

	private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

	private final List<String> line;

	private final Consumer<String> output;

	private final Duration stopLimit;

	private volatile @Nullable Process process;

	private volatile boolean stopped;

	MeasuredCommand(List<String> line, Consumer<String> output) {
		this(line, output, STOP_LIMIT);
	}

	/**
	 * Create a command.
	 * @param line the command and its arguments
	 * @param output what gets each line it prints
	 * @param stopLimit how long it may take to end when asked to, before it is killed
	 */
	MeasuredCommand(List<String> line, Consumer<String> output, Duration stopLimit) {
		this.line = List.copyOf(line);
		this.output = output;
		this.stopLimit = stopLimit;
	}

	/** Fails before anything is measured, not after. */
	static void requireExecutable(String name) {
		if (name.contains("/") || name.contains(File.separator)) {
			if (!isExecutable(new File(name))) {
				throw new ProbeException("cannot execute " + name);
			}
			return;
		}
		for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
			if (isExecutable(new File(directory, name)) || isExecutable(new File(directory, name + ".exe"))) {
				return;
			}
		}
		throw new ProbeException("no command " + name + " on the PATH");
	}

	private static boolean isExecutable(File file) {
		return file.isFile() && file.canExecute();
	}

	CommandResult run(Events events) throws InterruptedException {
		long fromMs = events.nowMs();
		events.mark("command started");
		Process started = start();
		this.process = started;
		if (this.stopped) {
			stop();
		}
		List<String> lines = Collections.synchronizedList(new ArrayList<>());
		Thread reader = new Thread(() -> read(started.getInputStream(), (text) -> {
			events.markIfAnnounced(text);
			keep(lines, text);
			this.output.accept(text);
		}), "probe-command-output");
		reader.setDaemon(true);
		reader.start();
		int exitCode = started.waitFor();
		// What it left running in the background may hold its output open for ever.
		reader.join(REST_OF_OUTPUT_MS);
		events.mark("command exited " + exitCode);
		return CommandResult.of(this.line, exitCode, fromMs, events.nowMs(), lines);
	}

	private static void keep(List<String> lines, String text) {
		if (lines.size() < MAX_LINES) {
			lines.add((lines.size() < MAX_LINES - 1) ? text : "(later lines are left out)");
		}
	}

	private Process start() {
		try {
			return new ProcessBuilder(this.line).redirectErrorStream(true)
				.redirectInput(ProcessBuilder.Redirect.from(nothing()))
				.start();
		}
		catch (IOException ex) {
			// A script whose interpreter is missing, or whose first line ends with CR LF.
			throw new ProbeException("cannot start the command: " + ex.getMessage(), ex);
		}
	}

	private static void read(InputStream in, Consumer<String> lines) {
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()))) {
			for (String text = reader.readLine(); text != null; text = reader.readLine()) {
				lines.accept(text);
			}
		}
		catch (IOException ex) {
			// It was stopped: there is no more output.
		}
	}

	private static File nothing() {
		return new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
	}

	/**
	 * Asks the command itself to end, and nothing that it has started: it does that, and
	 * takes its time. On Windows there is no asking: it ends at once.
	 * @return whether it was asked: not if it has not begun yet, or has ended
	 */
	boolean askToEnd() {
		Process current = this.process;
		// Not Process.destroy(): that closes the command's output, and it has more to say
		return current != null && current.isAlive() && current.toHandle().destroy();
	}

	/** Ends it and all it started, by force if it does not end when asked to. */
	void stop() {
		this.stopped = true;
		Process current = this.process;
		if (current == null) {
			return;
		}
		List<ProcessHandle> all = Stream.concat(current.descendants(), Stream.of(current.toHandle())).toList();
		all.forEach(ProcessHandle::destroy);
		try {
			current.waitFor(this.stopLimit.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		all.forEach(ProcessHandle::destroyForcibly);
	}

}
