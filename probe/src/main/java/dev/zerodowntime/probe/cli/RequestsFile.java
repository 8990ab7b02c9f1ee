package dev.zerodowntime.probe.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.zerodowntime.probe.ProbeBuilder;

/**
 * The file of {@code --requests}: a request on each line, its headers on the lines below
 * it. Empty lines and those that begin with {@code #} are skipped.
 */
final class RequestsFile {

	private final Path file;

	private final List<String> lines;

	private RequestsFile(Path file, List<String> lines) {
		this.file = file;
		this.lines = lines;
	}

	/**
	 * Reads a file.
	 * @throws IllegalArgumentException if it cannot be read
	 */
	static RequestsFile read(Path file) {
		try {
			return new RequestsFile(file, Files.readAllLines(file));
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("cannot read the requests in " + file, ex);
		}
	}

	/**
	 * Adds its requests, in their order.
	 * @throws IllegalArgumentException if a line is neither a request nor a header of
	 * one, or there is no request
	 */
	void addTo(ProbeBuilder builder) {
		StringBuilder request = new StringBuilder();
		int requestAt = 0;
		for (int i = 0; i < this.lines.size(); i++) {
			String line = this.lines.get(i).strip();
			if (line.isEmpty() || line.startsWith("#")) {
				continue;
			}
			if (isHeader(line)) {
				if (request.isEmpty()) {
					throw wrong(i, "a header, but no request above it: " + line, null);
				}
				request.append('\n').append(line);
			}
			else {
				add(builder, request, requestAt);
				request.append(line);
				requestAt = i;
			}
		}
		if (request.isEmpty()) {
			throw new IllegalArgumentException(this.file + " has no request");
		}
		add(builder, request, requestAt);
	}

	private void add(ProbeBuilder builder, StringBuilder request, int at) {
		if (request.isEmpty()) {
			return;
		}
		try {
			builder.request(request.toString());
		}
		catch (IllegalArgumentException ex) {
			throw wrong(at, ex.getMessage(), ex);
		}
		request.setLength(0);
	}

	/** No request begins like this: its first word is a method or a path. */
	private static boolean isHeader(String line) {
		return line.matches("[^\\s/:]+:.*");
	}

	private IllegalArgumentException wrong(int at, String message, Throwable cause) {
		return new IllegalArgumentException(this.file + ", line " + (at + 1) + ": " + message, cause);
	}

}
