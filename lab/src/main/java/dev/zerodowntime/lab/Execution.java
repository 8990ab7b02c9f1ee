package dev.zerodowntime.lab;

import java.util.List;

/**
 * A command that was run on the little server and has ended.
 *
 * @param command the command and its arguments
 * @param exitCode its exit status, 0 for success
 * @param lines what it wrote to stdout and stderr, in the order it arrived, without line
 * ends
 */
public record Execution(List<String> command, int exitCode, List<String> lines) {

	public Execution {
		command = List.copyOf(command);
		lines = List.copyOf(lines);
	}

	/**
	 * Whether the command succeeded.
	 * @return true if its exit status is 0
	 */
	public boolean succeeded() {
		return this.exitCode == 0;
	}

	/**
	 * The output as one text.
	 * @return the lines, joined by line feeds
	 */
	public String output() {
		return String.join("\n", this.lines);
	}

	/**
	 * Insists on success.
	 * @return this
	 * @throws LabException if the exit status is not 0; the message ends with the last
	 * line of output
	 */
	public Execution orThrow() {
		if (!succeeded()) {
			throw new LabException("'%s' ended with exit status %d: %s".formatted(String.join(" ", this.command),
					this.exitCode, this.lines.isEmpty() ? "no output" : this.lines.get(this.lines.size() - 1)));
		}
		return this;
	}

}
