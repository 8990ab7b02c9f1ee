/** The part of {@code ./workshop} that is written in Java. */
@NullMarked
package dev.zerodowntime.lab.cli;

import org.jspecify.annotations.NullMarked;
