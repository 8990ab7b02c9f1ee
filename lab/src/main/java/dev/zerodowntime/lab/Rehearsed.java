package dev.zerodowntime.lab;

import java.nio.file.Path;

import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.model.Report;
import org.jspecify.annotations.Nullable;

/**
 * What a rehearsal brought.
 *
 * @param stage whose deploy script was run
 * @param variant the change that was made to it first, {@code null} if there was none
 * @param measurement the verdict, the events and every answer
 * @param deploy how the script went
 * @param kept what became of the visitors' entries, {@code null} if nobody answered after
 * the deployment
 * @param reboot how the service took a reboot, {@code null} if it was spared
 * @param logs the folder with the server's logs
 */
public record Rehearsed(Stage stage, @Nullable Variant variant, Measurement measurement, Execution deploy,
		@Nullable Kept kept, @Nullable Reboot reboot, Path logs) {

	/**
	 * What a person calls it.
	 * @return such as {@code step2} or {@code step2-without-volume}
	 */
	public String name() {
		return this.stage.name() + ((this.variant != null) ? "-" + this.variant.name() : "");
	}

	/**
	 * The verdict.
	 * @return the measurement's report
	 */
	public Report report() {
		return this.measurement.report();
	}

}
