package dev.zerodowntime.lab.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.sun.net.httpserver.HttpExchange;

/**
 * The class board: takes the JSON of everybody's run, and shows all of them side by side.
 * Keeps them as long as it is open. Only this machine reaches it, unless it is opened for
 * the local network: then anybody there may hand in a result, and nothing else.
 */
public final class Board implements AutoCloseable {

	/** A report is a few kilobytes. */
	static final int MOST_BYTES = 256 * 1024;

	static final int MOST_RESULTS = 300;

	private static final int MOST_PAGES = 100;

	private final Website website;

	private final boolean isOnLan;

	private final Feed feed = new Feed(MOST_PAGES);

	private final Map<String, Result> results = new LinkedHashMap<>();

	private Board(Website website, boolean isOnLan) {
		this.website = website;
		this.isOnLan = isOnLan;
		website.file("/", "board.html")
			.file("/live.css", "live.css")
			.file("/board.css", "board.css")
			.file("/board.js", "board.js")
			.file("/page.js", "page.js")
			.file("/words.js", "words.js")
			.get("/events", this::follow)
			.post("/clear", this::clear);
		if (isOnLan) {
			website.postFromAnywhere("/results", this::take);
		}
		else {
			website.post("/results", this::take);
		}
		website.start();
	}

	/**
	 * Opens a board.
	 * @param port its port, 0 for any that is free
	 * @param onLan whether other machines reach it
	 * @return to be closed
	 * @throws dev.zerodowntime.lab.LabException if the port is taken
	 */
	public static Board open(int port, boolean onLan) {
		return new Board(onLan ? Website.onLan(port) : Website.onLoopback(port), onLan);
	}

	/**
	 * Where the board is.
	 * @return such as {@code http://127.0.0.1:7071/}; on the local network, one for each
	 * of this machine's addresses besides
	 */
	public List<String> urls() {
		return this.website.urls();
	}

	private void take(HttpExchange exchange) throws IOException {
		byte[] json = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
		if (json.length > MOST_BYTES) {
			Website.answer(exchange, 413, "more than %d kB: a report is far smaller".formatted(MOST_BYTES / 1024));
			return;
		}
		Result result;
		try {
			result = Result.of(Objects.requireNonNullElse(Website.parameter(exchange, "name"), ""),
					new String(json, StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException ex) {
			Website.answer(exchange, 400, Objects.requireNonNullElse(ex.getMessage(), "not a report of the probe"));
			return;
		}
		if (add(result)) {
			Website.answer(exchange, 201, "on the board: %s, %s".formatted(result.name(), result.stage()));
		}
		else {
			Website.answer(exchange, 409, "the board is full: %d results".formatted(MOST_RESULTS));
		}
	}

	/** Somebody's newer result for a stage replaces the older one. */
	private synchronized boolean add(Result result) {
		String key = result.stage() + "\n" + result.name();
		if (this.results.size() >= MOST_RESULTS && !this.results.containsKey(key)) {
			return false;
		}
		this.results.put(key, result);
		this.feed.send(frame());
		return true;
	}

	private void clear(HttpExchange exchange) throws IOException {
		if (!exchange.getRemoteAddress().getAddress().isLoopbackAddress()) {
			Website.answer(exchange, 403, "only where the board was opened");
			return;
		}
		synchronized (this) {
			this.results.clear();
			this.feed.send(frame());
		}
		Website.answer(exchange, 200, "the board is empty");
	}

	private void follow(HttpExchange exchange) throws IOException {
		this.feed.serve(exchange, this, () -> List.of(frame()));
	}

	private byte[] frame() {
		return Frame.of("board",
				new All(this.isOnLan ? this.website.urls() : List.of(), new ArrayList<>(this.results.values())));
	}

	@Override
	public void close() {
		this.feed.end();
		this.website.close();
	}

	/** All that the page shows. */
	private record All(List<String> urls, List<Result> results) {
	}

}
