package dev.zerodowntime.probe;

/** How far a request has come; it decides how its failure is called. */
enum Phase {

	/** Waiting for a thread. */
	DUE,

	/** Opening the connection. */
	CONNECTING,

	/** Shaking hands over TLS. */
	SECURING,

	/** Writing the request or waiting for the answer's first byte. */
	SENT,

	/** Reading the answer. */
	ANSWERING

}
