package dev.zerodowntime.probe.wire;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.FaultServer;
import dev.zerodowntime.probe.Probe;
import dev.zerodowntime.probe.Targets;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.pacing.Schedule.Slot;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** As the pools of usual clients: newest first, closed after an idle time. */
class IdleConnectionsTest {

	private long nanos;

	private final IdleConnections idle = new IdleConnections(() -> this.nanos);

	@Test
	void theOneThatWasUsedLastGoesFirst() throws IOException {
		try (FaultServer server = FaultServer.healthy();
				Connection first = open(server);
				Connection second = open(server)) {
			this.idle.put(first, Integer.MAX_VALUE);
			this.idle.put(second, Integer.MAX_VALUE);
			assertThat(this.idle.take()).isSameAs(second);
			assertThat(this.idle.take()).isSameAs(first);
			assertThat(this.idle.take()).isNull();
		}
	}

	@Test
	void oneThatHasBeenIdleForFourSecondsIsClosed() throws IOException {
		try (FaultServer server = FaultServer.healthy(); Connection connection = open(server)) {
			this.idle.put(connection, Integer.MAX_VALUE);
			pass(3999);
			assertThat(this.idle.take()).isSameAs(connection);
			this.idle.put(connection, Integer.MAX_VALUE);
			pass(4000);
			assertThat(this.idle.take()).isNull();
			assertThat(connection.channel().isOpen()).isFalse();
		}
	}

	@Test
	void theServersOwnLimitIsHonoured() throws IOException {
		try (FaultServer server = FaultServer.healthy(); Connection connection = open(server)) {
			this.idle.put(connection, 2);
			pass(2000);
			assertThat(this.idle.take()).isNull();
		}
	}

	@Test
	void whatAStallHasLeftIsClosedWhileTheNewestIsInUse() throws IOException {
		try (FaultServer server = FaultServer.healthy()) {
			for (int i = 0; i < 10; i++) {
				this.idle.put(open(server), Integer.MAX_VALUE);
			}
			for (int i = 0; i < 5; i++) {
				pass(1000);
				Connection connection = this.idle.take();
				this.idle.put((connection != null) ? connection : open(server), Integer.MAX_VALUE);
			}
			assertThat(this.idle.size()).isEqualTo(1);
		}
		finally {
			this.idle.close();
		}
	}

	private void pass(long ms) {
		this.nanos += TimeUnit.MILLISECONDS.toNanos(ms);
	}

	private static Connection open(FaultServer server) throws IOException {
		return Connection.open(Target.of(Targets.config(Probe.to(server.url()))),
				new Attempt(new Slot(ConnectionMode.KEEP_ALIVE, 0, 0)));
	}

}
