package dev.zerodowntime.probe;

import org.jspecify.annotations.Nullable;

/**
 * What decided where requests were sent, whether one was lost, and whether the run is
 * trusted.
 *
 * @param method the HTTP method
 * @param timeoutMs a request without a complete answer after this is lost
 * @param expectStatus statuses of a correct answer, such as {@code 200-299,304}
 * @param expectBody text that a correct answer contains, {@code null} if any will do
 * @param insecure whether any TLS certificate was accepted
 * @param settleMs how long nothing must be lost before the service counts as steady
 * @param blindLimitMs how long nothing may be sent while the service is measured
 * @param connectTo the host and port that were connected to instead of the URL's,
 * {@code null} if it was those, and in older reports
 * @param versionHeader the header that names the version, {@code null} in older reports
 */
public record Settings(String method, long timeoutMs, String expectStatus, @Nullable String expectBody,
		boolean insecure, long settleMs, long blindLimitMs, @Nullable String connectTo,
		@Nullable String versionHeader) {
}
