package dev.zerodowntime.probe;

/**
 * How far a measurement has come.
 *
 * @param stage what the probe does now
 * @param elapsedMs milliseconds since this stage's clock began: warming up has one of its
 * own
 * @param answered requests with an outcome so far
 * @param dropped those of them that were lost
 */
public record Progress(Stage stage, long elapsedMs, long answered, long dropped) {

	/** What the probe does. */
	public enum Stage {

		/** Sends without counting. */
		WARMING_UP,

		/** Measures, before the action. */
		BASELINE,

		/** Measures, while the action runs. */
		ACTION,

		/** Measures on until the target is steady again. */
		SETTLING,

		/** Measures for a fixed time. */
		MEASURING,

		/** Waits for the last answers. */
		FINISHING

	}

}
