package dev.zerodowntime.browser;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.lab.live.Watch;
import dev.zerodowntime.probe.Measurement;

/** A little server with v1 live, and somebody who watches it. */
final class Watched implements AutoCloseable {

	private static final long END_SECONDS = 30;

	private final LittleServer server;

	private final Watch watch;

	private final CompletableFuture<Measurement> seen;

	private Watched(LittleServer server, double rate) {
		this.server = server;
		this.watch = Watch.of(server, rate, 0);
		this.seen = CompletableFuture.supplyAsync(this.watch::run);
	}

	static Watched start(String stage, double rate) {
		return start(stage, rate, "");
	}

	/**
	 * Starts one where something is done before v1 is deployed.
	 * @param preparation run by a shell on the server
	 */
	static Watched start(String stage, double rate, String preparation) {
		LittleServer server = LittleServer.of(Stage.named(stage)).start();
		try {
			server.exec("sh", "-c", preparation).orThrow();
			server.exec("./deploy.sh", "v1").orThrow();
			return new Watched(server, rate);
		}
		catch (RuntimeException ex) {
			server.close();
			throw ex;
		}
	}

	LittleServer server() {
		return this.server;
	}

	String url() {
		return this.watch.url();
	}

	/** Ends the run. */
	Measurement stop() throws Exception {
		this.watch.stop();
		return this.seen.get(END_SECONDS, TimeUnit.SECONDS);
	}

	@Override
	public void close() {
		this.watch.close();
		this.server.close();
	}

}
