package dev.zerodowntime.probe;

/**
 * What one run of the probe found: the verdict, and what became of the requests in each
 * tenth of a second.
 *
 * @param report the verdict
 * @param slices what a picture of the run needs
 */
public record Measurement(Report report, Slices slices) {
}
