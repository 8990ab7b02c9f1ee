/**
 * What happens to a deploy that is cut off, at each point and in each way, and what the
 * next command makes of it.
 */
@NullMarked
package dev.zerodowntime.lab.faults;

import org.jspecify.annotations.NullMarked;
