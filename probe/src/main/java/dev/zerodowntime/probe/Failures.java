package dev.zerodowntime.probe;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;

import org.jspecify.annotations.Nullable;

/** Tells what kind of drop a failure is, from how far the request had come. */
final class Failures {

	private Failures() {
	}

	static DropKind kindOf(Phase phase, boolean expired, Exception failure) {
		return switch (phase) {
			case DUE -> DropKind.NOT_SENT;
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
		if (isOwnFault(failure)) {
			return DropKind.NOT_SENT;
		}
		if (failure instanceof ConnectException && mentions(failure, "refused")) {
			return DropKind.REFUSED;
		}
		if (mentions(failure, "timed out")) {
			return DropKind.CONNECT_TIMEOUT;
		}
		return mentions(failure, "reset") ? DropKind.RESET : DropKind.UNREACHABLE;
	}

	private static DropKind sent(boolean expired, Exception failure) {
		if (expired) {
			return DropKind.TIMEOUT;
		}
		if (failure instanceof NotHttpException) {
			return DropKind.NOT_HTTP;
		}
		// A broken pipe is a reset that was noticed while writing.
		return isSocketFailure(failure) ? DropKind.RESET : DropKind.CLOSED;
	}

	private static DropKind answering(boolean expired, Exception failure) {
		if (expired) {
			return DropKind.TIMEOUT;
		}
		return (failure instanceof NotHttpException) ? DropKind.NOT_HTTP : DropKind.CUT_OFF;
	}

	/** This machine ran out of ports ({@code EADDRNOTAVAIL}) or of file handles. */
	private static boolean isOwnFault(Exception failure) {
		return failure instanceof BindException || mentions(failure, "Cannot assign requested address")
				|| mentions(failure, "Too many open files");
	}

	/** A {@link SocketException}, perhaps inside the exception that TLS makes of it. */
	private static boolean isSocketFailure(@Nullable Throwable failure) {
		for (Throwable each = failure; each != null; each = each.getCause()) {
			if (each instanceof SocketException) {
				return true;
			}
			if (each instanceof IOException && (mentions(each, "reset") || mentions(each, "Broken pipe"))) {
				return true;
			}
		}
		return false;
	}

	private static boolean mentions(Throwable failure, String words) {
		String message = failure.getMessage();
		return message != null && message.contains(words);
	}

}
