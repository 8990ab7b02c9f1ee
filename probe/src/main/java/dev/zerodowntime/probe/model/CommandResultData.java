package dev.zerodowntime.probe.model;

import java.util.List;

/** The result of a command, see there. Its components are the keys of the JSON. */
record CommandResultData(List<String> line, int exitCode, long fromMs, long toMs,
		List<String> output) implements CommandResult {

	CommandResultData {
		line = List.copyOf(line);
		output = List.copyOf(output);
	}

}
