/**
 * The pages that this project makes, tried in a real Chromium.
 */
@NullMarked
package dev.zerodowntime.browser;

import org.jspecify.annotations.NullMarked;
