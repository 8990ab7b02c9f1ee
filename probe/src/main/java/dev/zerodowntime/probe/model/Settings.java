package dev.zerodowntime.probe.model;

import org.jspecify.annotations.Nullable;

/**
 * What decided where requests were sent, whether one was lost, and whether the run is
 * trusted.
 * <p>
 * Immutable. Only the probe implements it, so that later versions can add to it.
 */
public interface Settings {

	/**
	 * Returns the HTTP method.
	 * @return such as {@code GET}
	 */
	String method();

	/**
	 * Returns after which time a request without a complete answer is lost.
	 * @return milliseconds
	 */
	long timeoutMs();

	/**
	 * Returns the statuses of a correct answer.
	 * @return such as {@code 200-299,304}
	 */
	String expectStatus();

	/**
	 * Returns which text a correct answer contains.
	 * @return the text, {@code null} if any will do
	 */
	@Nullable String expectBody();

	/**
	 * Returns whether any TLS certificate was accepted.
	 * @return {@code false} by default
	 */
	boolean insecure();

	/**
	 * Returns how long nothing must be lost before the service counts as steady.
	 * @return milliseconds
	 */
	long settleMs();

	/**
	 * Returns how long nothing may be sent while the service is measured.
	 * @return milliseconds
	 */
	long blindLimitMs();

	/**
	 * Returns the host and port that were connected to instead of the URL's.
	 * @return {@code null} if it was those, and in older reports
	 */
	@Nullable String connectTo();

	/**
	 * Returns the header that names the version.
	 * @return its name, {@code null} in older reports
	 */
	@Nullable String versionHeader();

}
