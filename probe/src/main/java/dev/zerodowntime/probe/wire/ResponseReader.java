package dev.zerodowntime.probe.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Reads HTTP/1.1 answers off one connection, as strictly as RFC 9112 draws the line
 * between a complete answer and a cut one. That line is what the probe measures, and the
 * usual client libraries draw it elsewhere (a header block that breaks off passes for a
 * complete one), which is why this is written here.
 */
final class ResponseReader {

	private static final String PROTOCOL = "HTTP/1.";

	private static final int MAX_HEAD_BYTES = 64 * 1024;

	private static final int MAX_KEPT_BODY_BYTES = 1024 * 1024;

	private static final Pattern CHUNK_SIZE = Pattern.compile("[0-9A-Fa-f]{1,15}");

	private static final Pattern KEEP_ALIVE_TIMEOUT = Pattern.compile("(?i)\\btimeout\\s*=\\s*(\\d{1,9})");

	private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

	private final InputStream in;

	private final String versionHeader;

	private final byte[] buffer = new byte[8 * 1024];

	private int next;

	private int limit;

	private int headBytes;

	/**
	 * Create a reader.
	 * @param in what the server sends
	 * @param versionHeader the header that is {@link Response#version()}
	 */
	ResponseReader(InputStream in, String versionHeader) {
		this.in = in;
		this.versionHeader = versionHeader;
	}

	/**
	 * Waits for the first byte of an answer.
	 * @return whether there is one; {@code false} if the server closed instead
	 */
	boolean awaitFirstByte() throws IOException {
		return this.next < this.limit || fill();
	}

	/**
	 * Reads one answer to its end.
	 * @param bodyless whether the request was one whose answer has no content
	 * ({@code HEAD})
	 * @param keepBody whether {@link Response#body()} is wanted
	 * @throws EOFException if the server closed before the end
	 * @throws NotHttpException if it is not HTTP
	 */
	Response read(boolean bodyless, boolean keepBody) throws IOException {
		Head head = readHead();
		while (head.status >= 100 && head.status < 200 && head.status != 101) {
			head = readHead();
		}
		Body body = new Body(keepBody);
		boolean untilClose = false;
		if (head.status == 101) {
			// From here on the connection speaks another protocol.
			return new Response(head.status, head.version, false, head.keepAliveSeconds, "");
		}
		if (bodyless || head.status == 204 || head.status == 304) {
			body.skip();
		}
		else if (head.chunked) {
			readChunks(body);
		}
		else if (head.contentLength >= 0) {
			readFixed(head.contentLength, body);
		}
		else {
			untilClose = true;
			readUntilClose(body);
		}
		// More bytes than were announced: no next answer could be trusted.
		boolean reusable = head.persistent() && !untilClose && this.next == this.limit;
		return new Response(head.status, head.version, reusable, head.keepAliveSeconds, body.text());
	}

	private Head readHead() throws IOException {
		this.headBytes = 0;
		// Byte by byte: garbage may never send a line's end.
		for (int i = 0; i < PROTOCOL.length(); i++) {
			if (readByte() != PROTOCOL.charAt(i)) {
				throw new NotHttpException("the answer does not begin with " + PROTOCOL);
			}
		}
		Head head = new Head(readLine(), this.versionHeader);
		for (String line = readLine(); !line.isEmpty(); line = readLine()) {
			head.add(line);
		}
		return head;
	}

	private String readLine() throws IOException {
		StringBuilder line = new StringBuilder(64);
		while (true) {
			int b = readByte();
			if (++this.headBytes > MAX_HEAD_BYTES) {
				throw new NotHttpException("header block longer than " + MAX_HEAD_BYTES + " bytes");
			}
			if (b == '\n') {
				int end = line.length();
				if (end > 0 && line.charAt(end - 1) == '\r') {
					line.setLength(end - 1);
				}
				return line.toString();
			}
			line.append((char) b);
		}
	}

	private void readFixed(long length, Body body) throws IOException {
		for (long left = length; left > 0;) {
			left -= take(left, body);
		}
	}

	private void readChunks(Body body) throws IOException {
		while (true) {
			this.headBytes = 0;
			String line = readLine();
			int extension = line.indexOf(';');
			String size = ((extension < 0) ? line : line.substring(0, extension)).trim();
			long length = number(size, CHUNK_SIZE, 16, "bad chunk size");
			if (length == 0) {
				break;
			}
			readFixed(length, body);
			if (!readLine().isEmpty()) {
				throw new NotHttpException("chunk longer than announced");
			}
		}
		while (!readLine().isEmpty()) {
			// trailers
		}
	}

	/** Digits and nothing else: {@link Long#parseLong} takes a sign as well. */
	private static long number(String text, Pattern form, int radix, String problem) throws NotHttpException {
		if (!form.matcher(text).matches()) {
			throw new NotHttpException(problem);
		}
		return Long.parseLong(text, radix);
	}

	private void readUntilClose(Body body) throws IOException {
		while (this.next < this.limit || fill()) {
			take(Long.MAX_VALUE, body);
		}
	}

	private long take(long most, Body body) throws IOException {
		if (this.next == this.limit && !fill()) {
			throw new EOFException("closed in the middle of an answer");
		}
		int length = (int) Math.min(most, this.limit - this.next);
		body.write(this.buffer, this.next, length);
		this.next += length;
		return length;
	}

	private int readByte() throws IOException {
		if (this.next == this.limit && !fill()) {
			throw new EOFException("closed in the middle of an answer");
		}
		return this.buffer[this.next++] & 0xFF;
	}

	private boolean fill() throws IOException {
		int read = this.in.read(this.buffer, 0, this.buffer.length);
		this.next = 0;
		this.limit = Math.max(read, 0);
		return read > 0;
	}

	private static final class Head {

		private static final Pattern STATUS_LINE = Pattern.compile("(\\d) ([1-9]\\d\\d)(?: .*)?");

		private final int status;

		private boolean keepAlive;

		private boolean close;

		private int keepAliveSeconds = Integer.MAX_VALUE;

		private boolean chunked;

		private long contentLength = -1;

		private final String versionHeader;

		private @Nullable String version;

		/** Takes the status line's rest, such as {@code 1 200 OK}. */
		Head(String statusLine, String versionHeader) throws NotHttpException {
			this.versionHeader = versionHeader;
			Matcher matcher = STATUS_LINE.matcher(statusLine);
			if (!matcher.matches()) {
				throw new NotHttpException("bad status line");
			}
			this.keepAlive = !matcher.group(1).equals("0");
			this.status = Integer.parseInt(matcher.group(2));
		}

		void add(String line) throws NotHttpException {
			int colon = line.indexOf(':');
			if (colon <= 0) {
				throw new NotHttpException("header line without a name");
			}
			String name = line.substring(0, colon);
			if (Character.isWhitespace(name.charAt(colon - 1))) {
				throw new NotHttpException("space before the colon of a header");
			}
			String value = line.substring(colon + 1).trim();
			if (name.equalsIgnoreCase("Content-Length")) {
				setContentLength(value);
			}
			else if (name.equalsIgnoreCase("Transfer-Encoding")) {
				// The last coding tells how the content ends.
				this.chunked = lists(value.substring(value.lastIndexOf(',') + 1), "chunked");
			}
			else if (name.equalsIgnoreCase("Connection")) {
				this.keepAlive |= lists(value, "keep-alive");
				this.close |= lists(value, "close");
			}
			else if (name.equalsIgnoreCase("Keep-Alive")) {
				setKeepAlive(value);
			}
			else if (name.equalsIgnoreCase(this.versionHeader)) {
				this.version = value.intern();
			}
		}

		boolean persistent() {
			return this.keepAlive && !this.close;
		}

		private static boolean lists(String values, String word) {
			return Stream.of(values.split(",")).anyMatch((each) -> each.trim().equalsIgnoreCase(word));
		}

		private void setContentLength(String value) throws NotHttpException {
			long length = number(value, LENGTH, 10, "bad Content-Length");
			if (this.contentLength >= 0 && this.contentLength != length) {
				throw new NotHttpException("two different Content-Length");
			}
			this.contentLength = length;
		}

		/** Takes {@code timeout=5} out of {@code timeout=5, max=100}. */
		private void setKeepAlive(String value) {
			Matcher timeout = KEEP_ALIVE_TIMEOUT.matcher(value);
			if (timeout.find()) {
				this.keepAliveSeconds = Integer.parseInt(timeout.group(1));
			}
		}

	}

	private static final class Body {

		private final @Nullable ByteArrayOutputStream kept;

		Body(boolean keep) {
			this.kept = keep ? new ByteArrayOutputStream() : null;
		}

		void skip() {
			// nothing comes
		}

		void write(byte[] bytes, int offset, int length) {
			if (this.kept != null) {
				this.kept.write(bytes, offset, Math.min(length, MAX_KEPT_BODY_BYTES - this.kept.size()));
			}
		}

		String text() {
			return (this.kept != null) ? this.kept.toString(StandardCharsets.UTF_8) : "";
		}

	}

}
