package dev.zerodowntime.probe;

import dev.zerodowntime.probe.model.ProbeException;

/**
 * Nothing at the URL gave any answer before the measurement began, so there is nothing to
 * measure: most likely the service is not up or the URL is wrong.
 */
public class NothingAnswersException extends ProbeException {

	private static final long serialVersionUID = 1L;

	NothingAnswersException(String message) {
		super(message);
	}

}
