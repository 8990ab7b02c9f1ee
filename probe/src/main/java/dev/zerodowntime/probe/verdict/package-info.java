/**
 * What the outcomes of a run mean: outages, latencies, versions, and whether the run can
 * be trusted. Internal: may change with every version.
 */
@NullMarked
package dev.zerodowntime.probe.verdict;

import org.jspecify.annotations.NullMarked;
