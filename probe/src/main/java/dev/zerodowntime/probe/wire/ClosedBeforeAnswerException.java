package dev.zerodowntime.probe.wire;

import java.io.IOException;

/** The server closed the connection in order, without a byte of an answer. */
final class ClosedBeforeAnswerException extends IOException {

	private static final long serialVersionUID = 1L;

}
