package dev.zerodowntime.probe.model;

/**
 * Why a request was lost. Every request that is not answered correctly, completely and in
 * time has exactly one kind.
 *
 * @param name the word used in every report, such as {@code refused} or {@code http-502}
 */
public record DropKind(String name) {

	/** Nobody listens: the connection was refused. */
	public static final DropKind REFUSED = new DropKind("refused");

	/** The connection was not open within the timeout. */
	public static final DropKind CONNECT_TIMEOUT = new DropKind("connect-timeout");

	/** The network knows no way to the address, or a connection broke while it opened. */
	public static final DropKind UNREACHABLE = new DropKind("unreachable");

	/** The connection was open, the TLS handshake failed. */
	public static final DropKind TLS = new DropKind("tls");

	/** The server closed the connection in order (FIN) before any byte of an answer. */
	public static final DropKind CLOSED = new DropKind("closed");

	/** The connection was reset (RST) before any byte of an answer. */
	public static final DropKind RESET = new DropKind("reset");

	/** The answer began and broke off, by FIN or RST. */
	public static final DropKind CUT_OFF = new DropKind("cut-off");

	/** The connection was open, the answer not complete within the timeout. */
	public static final DropKind TIMEOUT = new DropKind("timeout");

	/** What came back is not HTTP. */
	public static final DropKind NOT_HTTP = new DropKind("not-http");

	/** A complete answer without the expected content. */
	public static final DropKind WRONG_CONTENT = new DropKind("wrong-content");

	/**
	 * The probe's own machine could not send (out of ports, file handles or threads). It
	 * says nothing about the server, so a run with such a drop is not trusted.
	 */
	public static final DropKind NOT_SENT = new DropKind("not-sent");

	/**
	 * Returns the kind for a status that is not expected.
	 * @param status an HTTP status
	 * @return a kind named {@code http-<status>}
	 */
	public static DropKind http(int status) {
		return new DropKind("http-" + status);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
