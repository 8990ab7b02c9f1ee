/**
 * The little server: a Linux box in a container that plays the rented machine a stage is
 * deployed onto.
 */
@NullMarked
package dev.zerodowntime.lab;

import org.jspecify.annotations.NullMarked;
