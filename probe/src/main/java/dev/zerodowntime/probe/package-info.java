/**
 * What a test or a program uses to measure: a {@link dev.zerodowntime.probe.Probe}, its
 * {@link dev.zerodowntime.probe.Measurement}, and assertions on it. Data flows one way:
 * {@code pacing} says when a request is due, {@code wire} sends it, {@code verdict}
 * judges the answers, {@code report} writes the verdict. What they hand on is in
 * {@code model}.
 */
@NullMarked
package dev.zerodowntime.probe;

import org.jspecify.annotations.NullMarked;
