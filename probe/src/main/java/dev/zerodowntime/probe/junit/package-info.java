/**
 * For tests with JUnit Jupiter: probes whose reports are kept. The project that uses it
 * brings JUnit.
 */
@NullMarked
package dev.zerodowntime.probe.junit;

import org.jspecify.annotations.NullMarked;
