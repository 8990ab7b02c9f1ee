package dev.zerodowntime.step6;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.UnderLoad;
import dev.zerodowntime.lab.junit.MeasuredTest;
import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.Probe;
import dev.zerodowntime.probe.ReportAssert;
import dev.zerodowntime.probe.model.CommandResult;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.report.TerminalReport;
import org.junit.jupiter.api.Tag;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What weights can do besides: back within a second, one server after the other, and a
 * part of the requests first.
 */
class OtherWaysIT {

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private static final int SECOND_MS = 1000;

	@MeasuredTest
	void aRollbackSwitchesWithinASecondAndLosesNothing() {
		Balancer balancer = Balancer.withV1();
		balancer.run("./deploy.sh", "v2").orThrow();
		assertThat(balancer.live()).isEqualTo("green-1 green-2");

		UnderLoad rollback = underLoad(balancer, "./rollback.sh");

		ReportAssert.assertThat(rollback.report()).isTrusted().lostNothing();
		assertThat(rollback.execution().orThrow().output()).contains("v1 is live");
		assertThat(balancer.live()).isEqualTo("blue-1 blue-2");
		String ms = rollback.execution().output().replaceAll("(?s).*switched to blue with v1 after (\\d+) ms.*", "$1");
		assertThat(Integer.parseInt(ms)).isLessThan(SECOND_MS);
	}

	@MeasuredTest
	void oneServerAfterTheOtherLosesNothing() {
		Balancer balancer = Balancer.withV1();

		UnderLoad rolling = underLoad(balancer, "./rolling.sh", "v2");

		ReportAssert.assertThat(rolling.report()).isTrusted().lostNothing().answeredBy("v1", "v2");
		assertThat(rolling.execution().orThrow().output()).containsSubsequence("blue-1 is live with v2",
				"blue-2 is live with v2", "v2 is live");
		assertThat(balancer.live()).isEqualTo("blue-1 blue-2");
	}

	/** The probe counts by version what it lost: the load balancer has to be right. */
	@MeasuredTest(insistsOnLoss = true)
	@Tag("long")
	void aBadReleaseLosesItsShareAgainAndOnlyItsOwnRequests() {
		Balancer balancer = Balancer.withV1();
		Map<String, Integer> lost = new ConcurrentHashMap<>();
		Probe probe = Probe.to(balancer.server().url().resolve("/")).rate(UnderLoad.DEFAULT_RATE).listener((answer) -> {
			if (!answer.ok()) {
				lost.merge(String.valueOf(answer.version()), 1, Integer::sum);
			}
		}).build();

		Measurement measurement = probe.around((events) -> {
			long fromMs = events.nowMs();
			Execution deploy = balancer.server()
				.exec(LIMIT, events::markIfAnnounced, "sh", "-c", "CANARY=10 ./deploy.sh bad");
			return CommandResult.of(deploy.command(), deploy.exitCode(), fromMs, events.nowMs(), deploy.lines());
		});

		System.out.println(TerminalReport.plain().summary(measurement.report()) + "\nlost by version: " + lost);
		ReportAssert.assertThat(measurement.report()).isTrusted();
		assertThat(measurement.report().command().exitCode()).isEqualTo(1);
		assertThat(String.join("\n", measurement.report().command().output())).contains("green with bad failed");
		assertThat(lost).containsOnlyKeys("bad");
		// 10 % of 200 a second, a third of them bad, until the next look or two
		assertThat(lost.get("bad")).isBetween(1, 30);
		assertThat(balancer.live()).isEqualTo("blue-1 blue-2");
		measurement.report()
			.modes()
			.values()
			.forEach((mode) -> assertThat(mode.versions().get("v1")).isGreaterThan(mode.sent() / 2));
		assertThat(measurement.report().modes()).containsKeys(ConnectionMode.values());
	}

	private static UnderLoad underLoad(Balancer balancer, String... command) {
		UnderLoad found = UnderLoad.run(balancer.server(), UnderLoad.DEFAULT_RATE, LIMIT, (line) -> {
		}, command);
		System.out.println(TerminalReport.plain().timeline(found.measurement()));
		System.out.println(TerminalReport.plain().summary(found.report()));
		return found;
	}

}
