package dev.zerodowntime.probe;

import dev.zerodowntime.probe.model.Report;
import dev.zerodowntime.probe.model.Slices;

/**
 * What one run of the probe found: the verdict, and what became of the requests in each
 * tenth of a second.
 *
 * @param report the verdict
 * @param slices what a picture of the run needs
 */
public record Measurement(Report report, Slices slices) {
}
