package dev.zerodowntime.probe.model;

/**
 * Something that happened while measuring, such as {@code switched to green}.
 *
 * @param atMs milliseconds since the measurement began
 * @param name what happened
 */
public record Event(long atMs, String name) {
}
