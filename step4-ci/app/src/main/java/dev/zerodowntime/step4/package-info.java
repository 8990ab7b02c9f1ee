/**
 * A guest book, as small as a service can be that is worth deploying.
 */
@NullMarked
package dev.zerodowntime.step4;

import org.jspecify.annotations.NullMarked;
