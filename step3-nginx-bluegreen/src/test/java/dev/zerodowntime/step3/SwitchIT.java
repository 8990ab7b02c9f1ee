package dev.zerodowntime.step3;

import java.util.concurrent.TimeUnit;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.probe.CommandResult;
import dev.zerodowntime.probe.ConnectionMode;
import dev.zerodowntime.probe.Probe;
import dev.zerodowntime.probe.Report;
import dev.zerodowntime.probe.ReportAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The most delicate moment of a deployment, forty times: the textbook's reload loses
 * requests on open connections, ours does not.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SwitchIT {

	private static final double RATE = 300;

	@Test
	void shouldLoseRequestsOnlyWithoutKeepaliveMinTimeout() {
		try (BlueGreenServer server = new BlueGreenServer()) {
			server.run("./deploy.sh", "v1").orThrow();
			server.run("./switches.sh", "1").orThrow();
			ReportAssert.assertThat(fortySwitches(server)).isTrusted().lostNothing();

			server.server().apply(Stage.named("step3").variant("without-keepalive-min-timeout"));
			server.run("./switches.sh", "1").orThrow();
			Report textbook = fortySwitches(server);
			assertThat(textbook.modes().get(ConnectionMode.KEEP_ALIVE).dropped()).isPositive();
			assertThat(textbook.modes().get(ConnectionMode.FRESH).dropped()).isZero();
		}
	}

	private static Report fortySwitches(BlueGreenServer server) {
		return Probe.to(server.server().url().resolve("/")).rate(RATE).build().around((events) -> {
			long fromMs = events.nowMs();
			Execution switches = server.run(events::markIfAnnounced, "./switches.sh", "40").orThrow();
			return new CommandResult(switches.command(), switches.exitCode(), fromMs, events.nowMs(), switches.lines());
		}).report();
	}

}
