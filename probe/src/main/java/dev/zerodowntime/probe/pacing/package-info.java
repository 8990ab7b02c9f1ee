/**
 * When a request is due, on one clock. Internal: may change with every version.
 */
@NullMarked
package dev.zerodowntime.probe.pacing;

import org.jspecify.annotations.NullMarked;
