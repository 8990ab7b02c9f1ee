package dev.zerodowntime.lab.live;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import com.sun.net.httpserver.HttpExchange;

/**
 * Sends frames to every page that is open. A page that does not keep up is let go, so
 * that nobody waits for it: its browser comes back and begins with what is then known.
 */
final class Feed {

	/** Half a minute of frames. */
	private static final int BACKLOG = 400;

	private static final long STILL_HERE_SECONDS = 10;

	private static final byte[] END = {};

	private final Set<Reader> readers = ConcurrentHashMap.newKeySet();

	private final int most;

	/**
	 * Create a feed.
	 * @param most readers at a time
	 */
	Feed(int most) {
		this.most = most;
	}

	/** Never blocks. */
	void send(byte[] frame) {
		for (Reader reader : this.readers) {
			if (!reader.isLetGo && !reader.frames.offer(frame)) {
				// Not closed from here: that would wait for the very write that is stuck
				reader.isLetGo = true;
				reader.frames.clear();
				// Or it would wait for the next frame, for ten seconds after the last one
				reader.frames.add(END);
			}
		}
	}

	/**
	 * Answers a page that wants to follow; returns when it is closed or the feed ends.
	 * @param exchange the page's request
	 * @param lock held by whoever sends, so that nothing is missed in between
	 * @param before tells what comes first
	 */
	void serve(HttpExchange exchange, Object lock, Supplier<List<byte[]>> before) throws IOException {
		if (isFull()) {
			Website.answer(exchange, 503, this.most + " pages are open already: close one");
			return;
		}
		Website.begin(exchange, 200, "text/event-stream; charset=utf-8", 0);
		Reader reader;
		synchronized (lock) {
			reader = join(exchange, before.get());
		}
		reader.write();
	}

	/** Whether there is room for one more; who is stuck takes up room until it ends. */
	boolean isFull() {
		return this.readers.size() >= this.most;
	}

	/**
	 * Puts somebody on the list who gets all frames sent from now on.
	 * @param exchange whose response has been begun
	 * @param before what comes first
	 */
	Reader join(HttpExchange exchange, List<byte[]> before) {
		Reader reader = new Reader(exchange, before);
		this.readers.add(reader);
		return reader;
	}

	/** Lets everybody go, after what was sent so far. */
	void end() {
		send(END);
	}

	/** Those that keep up. */
	long readers() {
		return this.readers.stream().filter((reader) -> !reader.isLetGo).count();
	}

	/** A page that is open. */
	final class Reader {

		private final HttpExchange exchange;

		private final List<byte[]> before;

		private final BlockingQueue<byte[]> frames = new ArrayBlockingQueue<>(BACKLOG);

		private volatile boolean isLetGo;

		private Reader(HttpExchange exchange, List<byte[]> before) {
			this.exchange = exchange;
			this.before = before;
		}

		/** Writes until the page is closed, or the feed ends. */
		void write() {
			try (OutputStream out = this.exchange.getResponseBody()) {
				for (byte[] frame : this.before) {
					out.write(frame);
				}
				out.flush();
				for (byte[] frame = next(); frame != END && !this.isLetGo; frame = next()) {
					out.write(frame);
					if (this.frames.isEmpty()) {
						out.flush();
					}
				}
			}
			catch (IOException ex) {
				// The page was closed
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			finally {
				Feed.this.readers.remove(this);
				this.exchange.close();
			}
		}

		private byte[] next() throws InterruptedException {
			byte[] frame = this.frames.poll(STILL_HERE_SECONDS, TimeUnit.SECONDS);
			return (frame != null) ? frame : Frame.STILL_HERE;
		}

	}

}
