/**
 * The Markdown pages as a static site.
 */
@NullMarked
package dev.zerodowntime.site;

import org.jspecify.annotations.NullMarked;
