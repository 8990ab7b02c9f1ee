package dev.zerodowntime.probe;

/**
 * A stretch of the measurement.
 *
 * @param fromMs its beginning, in milliseconds since the measurement began
 * @param toMs its end
 */
public record Span(long fromMs, long toMs) {
}
