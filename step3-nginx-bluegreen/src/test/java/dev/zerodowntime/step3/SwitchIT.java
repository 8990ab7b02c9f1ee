package dev.zerodowntime.step3;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.lab.junit.MeasuredTest;
import dev.zerodowntime.probe.Probe;
import dev.zerodowntime.probe.ReportAssert;
import dev.zerodowntime.probe.model.CommandResult;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.Report;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The most delicate moment of a deployment, many times: the textbook's reload loses
 * requests on open connections, the switch by a file does not.
 */
@Order(BlueGreenServer.FIRST)
class SwitchIT {

	private static final double RATE = 150;

	/** Or a slow machine would have no time left for the switches. */
	private static final String WARM_UP_ALL = """
			for instance in 11 12 21 22; do
				curl -fs -o /dev/null "http://172.29.77.$instance:8080/?warm-up=[1-500]" &
			done
			wait
			""";

	private static final String SWITCHES = "20";

	/** Seconds between two. */
	private static final String PAUSE = "0.3";

	/** At 300 requests per second the textbook lost 10 to 15 in 40 switches. */
	private static final int MAX_ROUNDS = 10;

	private static BlueGreenServer server;

	@BeforeAll
	static void start() {
		server = BlueGreenServer.withGuestBook();
		server.run("./switches.sh", "1").orThrow();
		server.shell(WARM_UP_ALL).orThrow();
	}

	@MeasuredTest
	void shouldLoseNothing() {
		asInTheRepository();
		server.run("./switches.sh", "1").orThrow();
		ReportAssert.assertThat(switches()).isTrusted().lostNothing();
	}

	/** It is a race: it is run until it is lost, so that luck decides nothing. */
	@MeasuredTest(insistsOnLoss = true)
	void shouldLoseRequestsOnOpenConnectionsWhenItIsAReload() {
		asInTheRepository();
		server.server().apply(Stage.named("step3").variant("switch-by-reload"));
		server.run("./switches.sh", "1").orThrow();
		Report textbook = switches();
		for (int round = 1; round < MAX_ROUNDS && textbook.totalDropped() == 0; round++) {
			textbook = switches();
		}
		ReportAssert.assertThat(textbook).isTrusted();
		assertThat(textbook.modes().get(ConnectionMode.KEEP_ALIVE).dropped()).isPositive();
		assertThat(textbook.modes().get(ConnectionMode.FRESH).dropped()).isZero();
	}

	private static void asInTheRepository() {
		server.shell("cp -R pristine/nginx pristine/lib . && ./reload.sh").orThrow();
	}

	private static Report switches() {
		return Probe.to(server.server().url().resolve("/")).rate(RATE).build().around((events) -> {
			long fromMs = events.nowMs();
			Execution switches = server.run(events::markIfAnnounced, "./switches.sh", SWITCHES, PAUSE).orThrow();
			return CommandResult.of(switches.command(), switches.exitCode(), fromMs, events.nowMs(), switches.lines());
		}).report();
	}

}
