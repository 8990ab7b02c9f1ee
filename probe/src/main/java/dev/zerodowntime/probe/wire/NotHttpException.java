package dev.zerodowntime.probe.wire;

import java.io.IOException;

/** The bytes that came back are no HTTP/1.1 answer. */
final class NotHttpException extends IOException {

	private static final long serialVersionUID = 1L;

	NotHttpException(String message) {
		super(message);
	}

}
