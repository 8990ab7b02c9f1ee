package dev.zerodowntime.lab;

import java.nio.file.Path;

import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.Report;

/**
 * What a rehearsal brought.
 *
 * @param stage whose deploy script was run
 * @param measurement the verdict, the events and every answer
 * @param deploy how the script went
 * @param logs the folder with the server's logs
 */
public record Rehearsed(Stage stage, Measurement measurement, Execution deploy, Path logs) {

	/**
	 * The verdict.
	 * @return the measurement's report
	 */
	public Report report() {
		return this.measurement.report();
	}

}
