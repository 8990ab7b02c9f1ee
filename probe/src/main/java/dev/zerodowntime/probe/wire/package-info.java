/**
 * Sends each request once, over HTTP and TLS, and classifies its outcome. Internal: may
 * change with every version.
 */
@NullMarked
package dev.zerodowntime.probe.wire;

import org.jspecify.annotations.NullMarked;
