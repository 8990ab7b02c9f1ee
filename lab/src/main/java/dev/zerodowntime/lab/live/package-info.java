/**
 * What visitors of a little server see, while they see it: the probe's answers, as a page
 * and in the terminal. Data flows one way: probe and scripts, {@code Round},
 * {@code Feed}, pages.
 */
@NullMarked
package dev.zerodowntime.lab.live;

import org.jspecify.annotations.NullMarked;
