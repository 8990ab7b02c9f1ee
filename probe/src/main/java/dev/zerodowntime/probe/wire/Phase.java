package dev.zerodowntime.probe.wire;

import dev.zerodowntime.probe.model.DropKind;

/** How far a request has come. It determines the {@link DropKind} of a failure. */
enum Phase {

	/** Waiting for a thread. */
	DUE,

	/** Getting a socket from this machine. */
	OPENING,

	/** Opening the connection. */
	CONNECTING,

	/** Shaking hands over TLS. */
	SECURING,

	/** Writing the request or waiting for the answer's first byte. */
	SENT,

	/** Reading the answer. */
	ANSWERING

}
