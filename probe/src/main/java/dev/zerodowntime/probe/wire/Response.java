package dev.zerodowntime.probe.wire;

import org.jspecify.annotations.Nullable;

/**
 * A complete HTTP answer.
 *
 * @param status the status code
 * @param version the header that names the version, {@code null} without it
 * @param reusable whether the connection may carry another request
 * @param keepAliveSeconds after which idle time the server closes the connection, as it
 * says in {@code Keep-Alive: timeout=5}; {@link Integer#MAX_VALUE} if it does not
 * @param body the content as text, empty unless it was asked for
 */
record Response(int status, @Nullable String version, boolean reusable, int keepAliveSeconds, String body) {
}
