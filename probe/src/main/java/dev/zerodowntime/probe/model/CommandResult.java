package dev.zerodowntime.probe.model;

import java.util.List;

/**
 * The command that was measured. Immutable; {@link #of} makes one, so that later versions
 * can add to it.
 */
public sealed interface CommandResult permits CommandResultData {

	/**
	 * Makes a result.
	 * @param line the command and its arguments
	 * @param exitCode its exit code
	 * @param fromMs when it started, in milliseconds since the measurement began
	 * @param toMs when it ended
	 * @param output its output and errors, line by line
	 * @return the result
	 */
	static CommandResult of(List<String> line, int exitCode, long fromMs, long toMs, List<String> output) {
		return new CommandResultData(line, exitCode, fromMs, toMs, output);
	}

	/**
	 * Returns the command and its arguments.
	 * @return unmodifiable
	 */
	List<String> line();

	/**
	 * Returns its exit code.
	 * @return 0 if it succeeded
	 */
	int exitCode();

	/**
	 * Returns when it started.
	 * @return milliseconds since the measurement began
	 */
	long fromMs();

	/**
	 * Returns when it ended.
	 * @return milliseconds since the measurement began
	 */
	long toMs();

	/**
	 * Returns its output and errors, line by line.
	 * @return unmodifiable
	 */
	List<String> output();

}
