package dev.zerodowntime.probe.model;

/**
 * How long correct answers took, from the due time, in milliseconds.
 *
 * @param p50 the median
 * @param p99 the 99th percentile
 * @param max the slowest
 */
public record Latency(double p50, double p99, double max) {
}
