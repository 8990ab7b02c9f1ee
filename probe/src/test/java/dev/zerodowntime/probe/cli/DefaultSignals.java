package dev.zerodowntime.probe.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts a command so that SIGINT and SIGTERM end it, whatever the caller of the tests
 * has set. A process inherits ignored signals: under {@code nohup ./mvnw verify &} in a
 * script every process ignores SIGINT, and neither a JVM nor a POSIX shell can undo that.
 */
final class DefaultSignals {

	/** Programs that reset signals and then become the command; the first is GNU's. */
	private static final List<List<String>> RESETTERS = List.of(List.of("env", "--default-signal=INT,TERM"),
			List.of("perl", "-e", "$SIG{INT} = $SIG{TERM} = 'DEFAULT'; exec { $ARGV[0] } @ARGV or die"),
			List.of("python3", "-c", "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); "
					+ "signal.signal(signal.SIGTERM, signal.SIG_DFL); os.execvp(sys.argv[1], sys.argv[1:])"));

	/** Found once: which of them there are depends on the machine. */
	private static final Optional<List<String>> RESETTER = RESETTERS.stream()
		.filter((resetter) -> endsOnSignals(ignoring("INT TERM", resetter)))
		.findFirst()
		.or(() -> endsOnSignals(List.of()) ? Optional.of(List.of()) : Optional.empty());

	private DefaultSignals() {
	}

	/**
	 * Prepares a command line.
	 * @param command the command and its arguments
	 * @return the command line to start instead; empty if the caller ignores a signal and
	 * no program on this machine can undo that
	 */
	static Optional<List<String>> in(List<String> command) {
		return RESETTER.map((resetter) -> concat(resetter, command));
	}

	/**
	 * Prepares a command line for a process that ignores signals from its start.
	 * @param signals their names, separated by spaces
	 * @param command the command and its arguments
	 * @return the command line to start instead
	 */
	static List<String> ignoring(String signals, List<String> command) {
		return concat(List.of("sh", "-c", "trap '' " + signals + "; exec \"$@\"", "sh"), command);
	}

	/** Finds out by trying: {@code /proc} exists only on Linux. */
	private static boolean endsOnSignals(List<String> starter) {
		return Stream.of("INT", "TERM").allMatch((signal) -> {
			try {
				Process process = new ProcessBuilder(
						concat(starter, List.of("sh", "-c", "kill -" + signal + " $$; exit 0")))
					.redirectErrorStream(true)
					.redirectOutput(ProcessBuilder.Redirect.DISCARD)
					.start();
				try {
					// 128 and the signal's number; without such a program, 127 or less
					return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() > 128;
				}
				finally {
					process.destroyForcibly();
				}
			}
			catch (IOException ex) {
				return false;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		});
	}

	private static List<String> concat(List<String> first, List<String> second) {
		List<String> all = new ArrayList<>(first);
		all.addAll(second);
		return all;
	}

}
