package dev.zerodowntime.probe;

import org.jspecify.annotations.Nullable;

/**
 * The part of a run that a limit judges: what was due from an event on. All that was lost
 * before is in the report, and is not held against what the event began.
 *
 * @param from how the event's name begins
 * @param fromMs when it happened, in milliseconds from when counting began; {@code null}
 * if it never did: nothing is judged then
 * @param sent requests due from then on, in all modes
 * @param dropped how many of those were lost
 * @param p99Ms of those that were answered, in milliseconds, of the slower mode;
 * {@code null} if none was
 */
public record Judged(String from, @Nullable Long fromMs, long sent, long dropped, @Nullable Double p99Ms) {
}
