package dev.zerodowntime.step6;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.lab.UnderLoad;
import dev.zerodowntime.lab.cli.GeneratedBlock;
import dev.zerodowntime.lab.junit.MeasuredTest;
import dev.zerodowntime.probe.ConnectionMode;
import dev.zerodowntime.probe.Report;
import dev.zerodowntime.probe.ReportAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/**
 * Ways to switch, in one run: weights in HAProxy, and stage 3's two ways with nginx.
 * Forty switches each, at three times the requests.
 */
@Tag("long")
class SwitchesIT {

	private static final double RATE = 300;

	private static final String SWITCHES = "40";

	private static final Duration LIMIT = Duration.ofMinutes(4);

	private static final String ROW = "%-34s %6s  %10s  %15s%n";

	private static final List<String> ROWS = new ArrayList<>();

	@MeasuredTest
	void weightsLoseNothing() {
		Balancer balancer = Balancer.withV1();
		balancer.run("./deploy.sh", "v2").orThrow();
		ReportAssert.assertThat(switches("weights in HAProxy", balancer.server())).isTrusted().lostNothing();
	}

	@MeasuredTest
	void aRenamedFileLosesNothing() {
		try (LittleServer nginx = stage3()) {
			ReportAssert.assertThat(switches("a file that nginx looks for", nginx)).isTrusted().lostNothing();
		}
	}

	@MeasuredTest(insistsOnLoss = true)
	void aReloadLosesRequests() {
		try (LittleServer nginx = stage3()) {
			nginx.apply(Stage.named("step3").variant("switch-by-reload"));
			nginx.exec("./reload.sh").orThrow();
			ReportAssert.assertThat(switches("a reload of nginx", nginx)).isTrusted();
		}
	}

	/** With v1 live, and both groups warm. */
	private static LittleServer stage3() {
		LittleServer server = LittleServer.of(Stage.named("step3")).start();
		server.exec("./deploy.sh", "v1").orThrow();
		server.exec("./switches.sh", "2").orThrow();
		return server;
	}

	private static Report switches(String way, LittleServer server) {
		UnderLoad found = UnderLoad.run(server, RATE, LIMIT, (line) -> {
		}, "./switches.sh", SWITCHES);
		found.execution().orThrow();
		Report report = found.report();
		ROWS.add(ROW.formatted(way, report.modes().values().stream().mapToLong((mode) -> mode.sent()).sum(),
				report.modes().get(ConnectionMode.FRESH).dropped(),
				report.modes().get(ConnectionMode.KEEP_ALIVE).dropped()));
		return report;
	}

	/** With -Ddocs.update=true: into the chapter, in both languages. */
	@AfterAll
	static void print() throws IOException {
		String table = ROW.formatted("40 switches by", "sent", "lost fresh", "lost keep-alive") + String.join("", ROWS);
		System.out.println(table);
		if (Boolean.getBoolean("docs.update")) {
			for (String page : List.of("README.md", "README.ko.md")) {
				GeneratedBlock.fill(Stage.named("step6").directory().resolve(page), "switches", table.stripTrailing());
			}
		}
	}

}
