package dev.zerodowntime.probe;

import java.util.List;

/**
 * The command that was measured.
 *
 * @param line the command and its arguments
 * @param exitCode what it exited with
 * @param fromMs when it started, in milliseconds since the measurement began
 * @param toMs when it ended
 * @param output its output and errors, line by line
 */
public record CommandResult(List<String> line, int exitCode, long fromMs, long toMs, List<String> output) {

	/**
	 * Create a result.
	 * @param line the command and its arguments
	 * @param exitCode what it exited with
	 * @param fromMs when it started, in milliseconds since the measurement began
	 * @param toMs when it ended
	 * @param output its output and errors, line by line
	 */
	public CommandResult {
		line = List.copyOf(line);
		output = List.copyOf(output);
	}

}
