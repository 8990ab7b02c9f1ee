package dev.zerodowntime.probe.model;

/**
 * The requests sent to the target before counting began, over all modes.
 *
 * @param sent requests sent
 * @param dropped requests not answered correctly
 */
public record Warmup(long sent, long dropped) {
}
