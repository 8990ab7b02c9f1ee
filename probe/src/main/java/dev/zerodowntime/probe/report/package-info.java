/**
 * What a measurement looks like to those who read it: JSON for programs, a timeline for
 * the browser, a summary for the terminal. Nothing here prints; it returns text or writes
 * the file it is told.
 */
@NullMarked
package dev.zerodowntime.probe.report;

import org.jspecify.annotations.NullMarked;
