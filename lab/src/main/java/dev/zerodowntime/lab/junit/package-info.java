/** For the tests of the stages: how a test measures. */
@NullMarked
package dev.zerodowntime.lab.junit;

import org.jspecify.annotations.NullMarked;
