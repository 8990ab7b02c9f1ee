package dev.zerodowntime.probe.model;

/** Where the measured action notes what it does, on the measurement's own clock. */
public interface Events {

	/**
	 * A line of a deploy script's output that begins with this is an event; the rest of
	 * the line is its name.
	 */
	String LINE_PREFIX = "==> ";

	/**
	 * Notes an event, now.
	 * @param name what happens, such as {@code switched to green}
	 */
	void mark(String name);

	/**
	 * Tells the time.
	 * @return milliseconds since the measurement began
	 */
	long nowMs();

	/**
	 * Notes an event if this line of a script's output announces one.
	 * @param line one line, without its end
	 * @see #LINE_PREFIX
	 */
	default void markIfAnnounced(String line) {
		if (line.startsWith(LINE_PREFIX)) {
			mark(line.substring(LINE_PREFIX.length()).trim());
		}
	}

}
