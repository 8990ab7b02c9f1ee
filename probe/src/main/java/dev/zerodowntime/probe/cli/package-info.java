/** The probe's command line: a thin shell over the library. */
@NullMarked
package dev.zerodowntime.probe.cli;

import org.jspecify.annotations.NullMarked;
