package dev.zerodowntime.probe.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.zerodowntime.probe.CommandResult;
import dev.zerodowntime.probe.Events;
import dev.zerodowntime.probe.ProbeException;
import org.jspecify.annotations.Nullable;

/** The command after {@code --}, such as a deploy script. */
final class MeasuredCommand {

	private final List<String> line;

	private final Consumer<String> output;

	private volatile @Nullable Process process;

	private volatile boolean stopped;

	MeasuredCommand(List<String> line, Consumer<String> output) {
		this.line = List.copyOf(line);
		this.output = output;
	}

	/** Fails before anything is measured, not after. */
	static void requireExecutable(String name) {
		if (name.contains("/") || name.contains(File.separator)) {
			if (!new File(name).canExecute()) {
				throw new ProbeException("cannot execute " + name);
			}
			return;
		}
		for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
			if (new File(directory, name).canExecute() || new File(directory, name + ".exe").canExecute()) {
				return;
			}
		}
		throw new ProbeException("no command " + name + " on the PATH");
	}

	CommandResult run(Events events) throws IOException, InterruptedException {
		long fromMs = events.nowMs();
		events.mark("command started");
		Process started = new ProcessBuilder(this.line).redirectErrorStream(true)
			.redirectInput(ProcessBuilder.Redirect.from(nothing()))
			.start();
		this.process = started;
		if (this.stopped) {
			stop();
		}
		List<String> lines = new ArrayList<>();
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(started.getInputStream(), Charset.defaultCharset()))) {
			for (String text = reader.readLine(); text != null; text = reader.readLine()) {
				events.markIfAnnounced(text);
				lines.add(text);
				this.output.accept(text);
			}
		}
		int exitCode = started.waitFor();
		events.mark("command exited " + exitCode);
		return new CommandResult(this.line, exitCode, fromMs, events.nowMs(), lines);
	}

	private static File nothing() {
		return new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
	}

	/** Ends it and all it started. */
	void stop() {
		this.stopped = true;
		Process current = this.process;
		if (current != null) {
			current.descendants().forEach(ProcessHandle::destroy);
			current.destroy();
		}
	}

}
