package dev.zerodowntime.probe.model;

/**
 * The probe cannot measure what it was asked to. The message says why, in one line.
 */
public class ProbeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param message why, in one line
	 */
	public ProbeException(String message) {
		super(message);
	}

	/**
	 * Create an exception.
	 * @param message why, in one line
	 * @param cause what it comes from
	 */
	public ProbeException(String message, Throwable cause) {
		super(message, cause);
	}

}
