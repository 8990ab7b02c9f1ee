package dev.zerodowntime.lab.cli;

import java.time.LocalDate;

/** On what a measurement was made. */
final class Machine {

	private Machine() {
	}

	static String describe() {
		return "Measured on %s: %s %s, %d cores, Java %s".formatted(LocalDate.now(), System.getProperty("os.name"),
				System.getProperty("os.arch"), Runtime.getRuntime().availableProcessors(), Runtime.version().feature());
	}

}
