package dev.zerodowntime.probe.model;

/**
 * How a request gets its connection. The two modes lose different requests in the same
 * deployment, so they are measured side by side.
 */
public enum ConnectionMode {

	/** Every request opens a connection of its own and closes it. */
	FRESH("fresh"),

	/** Requests reuse open connections, as browsers, proxies and client pools do. */
	KEEP_ALIVE("keep-alive");

	private final String label;

	ConnectionMode(String label) {
		this.label = label;
	}

	/**
	 * Returns the word used for this mode in every report.
	 * @return {@code fresh} or {@code keep-alive}
	 */
	public String label() {
		return this.label;
	}

	@Override
	public String toString() {
		return this.label;
	}

}
