package dev.zerodowntime.probe;

import java.util.List;

/**
 * What one run of the probe brought: the verdict and every single answer behind it.
 *
 * @param report the verdict
 * @param answers one for each request sent, in due order
 */
public record Measurement(Report report, List<Answer> answers) {

	public Measurement {
		answers = List.copyOf(answers);
	}

}
