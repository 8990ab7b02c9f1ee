package dev.zerodowntime.lab;

import org.jspecify.annotations.Nullable;

/**
 * The lab cannot do what it was asked for. The message is one line for a person and,
 * where there is a cure, names it.
 */
public class LabException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public LabException(String message) {
		this(message, null);
	}

	public LabException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
