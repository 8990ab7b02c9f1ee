package dev.zerodowntime.probe.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import dev.zerodowntime.probe.model.ConnectionMode;

/** One TCP connection, with TLS on it if the target wants it. */
final class Connection implements AutoCloseable {

	private final SocketChannel channel;

	private final Socket socket;

	private final OutputStream out;

	private final ResponseReader reader;

	private Connection(SocketChannel channel, Socket socket, String versionHeader) throws IOException {
		this.channel = channel;
		this.socket = socket;
		this.out = socket.getOutputStream();
		InputStream in = socket.getInputStream();
		this.reader = new ResponseReader(in, versionHeader);
	}

	static Connection open(Target target, Attempt attempt) throws IOException {
		attempt.enter(Phase.OPENING);
		SocketChannel channel = SocketChannel.open();
		try {
			attempt.use(channel);
			attempt.enter(Phase.CONNECTING);
			channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
			channel.connect(target.address());
			Tls tls = target.tls();
			if (tls == null) {
				return new Connection(channel, channel.socket(), target.versionHeader());
			}
			attempt.enter(Phase.SECURING);
			boolean resume = attempt.slot().mode() == ConnectionMode.KEEP_ALIVE;
			return new Connection(channel,
					tls.handshake(channel.socket(), target.host(), target.address().getPort(), resume),
					target.versionHeader());
		}
		catch (IOException | RuntimeException ex) {
			channel.close();
			throw ex;
		}
	}

	/**
	 * Looks whether the server has already closed this idle connection, as every careful
	 * client does before it uses one. Bytes that nobody asked for (a 408, a TLS
	 * close_notify) announce a close as well.
	 */
	boolean isClosedByServer() {
		try {
			this.channel.configureBlocking(false);
			try {
				return this.channel.read(ByteBuffer.allocate(1)) != 0;
			}
			finally {
				this.channel.configureBlocking(true);
			}
		}
		catch (IOException ex) {
			return true;
		}
	}

	Response exchange(Target target, Attempt attempt) throws IOException {
		attempt.enter(Phase.SENT);
		this.out.write(target.request(attempt.slot()));
		this.out.flush();
		if (!this.reader.awaitFirstByte()) {
			throw new ClosedBeforeAnswerException();
		}
		attempt.enter(Phase.ANSWERING);
		return target.read(attempt.slot(), this.reader);
	}

	SocketChannel channel() {
		return this.channel;
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			// Nobody waits for it any more.
		}
		finally {
			closeChannel();
		}
	}

	private void closeChannel() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			// As above.
		}
	}

}
