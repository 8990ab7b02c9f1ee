/**
 * What is measured and found: an answer, an event, the numbers of a report, and the
 * slices that pictures are drawn from.
 */
@NullMarked
package dev.zerodowntime.probe.model;

import org.jspecify.annotations.NullMarked;
