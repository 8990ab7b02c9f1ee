/**
 * The guest book with its data in a database.
 */
@NullMarked
package dev.zerodowntime.step5;

import org.jspecify.annotations.NullMarked;
