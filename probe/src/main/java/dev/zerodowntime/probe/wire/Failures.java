package dev.zerodowntime.probe.wire;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;

import dev.zerodowntime.probe.model.DropKind;
import org.jspecify.annotations.Nullable;

/**
 * Determines the kind of a drop, from how far the request had come and from the type of
 * the failure. Never from its message: the operating system writes that in the user's
 * language.
 */
final class Failures {

	private Failures() {
	}

	static DropKind kindOf(Phase phase, boolean expired, Exception failure) {
		return switch (phase) {
			// This machine is out of file handles.
			case DUE, OPENING -> DropKind.NOT_SENT;
			case CONNECTING -> connecting(expired, failure);
			case SECURING -> expired ? DropKind.TIMEOUT : DropKind.TLS;
			case SENT -> sent(expired, failure);
			case ANSWERING -> answering(expired, failure);
		};
	}

	private static DropKind connecting(boolean expired, Exception failure) {
		if (expired) {
			return DropKind.CONNECT_TIMEOUT;
		}
		if (failure instanceof BindException) {
			// EADDRNOTAVAIL: this machine is out of ports.
			return DropKind.NOT_SENT;
		}
		// A ConnectException may be ETIMEDOUT as well, but later than any usual timeout.
		return (failure instanceof ConnectException) ? DropKind.REFUSED : DropKind.UNREACHABLE;
	}

	private static DropKind sent(boolean expired, Exception failure) {
		if (expired) {
			return DropKind.TIMEOUT;
		}
		if (failure instanceof NotHttpException) {
			return DropKind.NOT_HTTP;
		}
		return isReset(failure) ? DropKind.RESET : DropKind.CLOSED;
	}

	private static DropKind answering(boolean expired, Exception failure) {
		if (expired) {
			return DropKind.TIMEOUT;
		}
		return (failure instanceof NotHttpException) ? DropKind.NOT_HTTP : DropKind.CUT_OFF;
	}

	/**
	 * A {@link SocketException}, perhaps inside the exception that TLS makes of it. What
	 * fails while writing (EPIPE, ECONNRESET) is a plain {@link IOException}; an orderly
	 * close is always a subclass.
	 */
	private static boolean isReset(@Nullable Throwable failure) {
		for (Throwable each = failure; each != null; each = each.getCause()) {
			if (each instanceof SocketException || each.getClass() == IOException.class) {
				return true;
			}
		}
		return false;
	}

}
