package dev.zerodowntime.step6;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.lab.UnderLoad;
import dev.zerodowntime.lab.cli.GeneratedBlock;
import dev.zerodowntime.lab.junit.MeasuredTest;
import dev.zerodowntime.probe.Probe;
import dev.zerodowntime.probe.ReportAssert;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.model.Report;
import dev.zerodowntime.probe.report.TerminalReport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ends without a warning: a server that loses its power, the load balancer, a
 * deploy. What is lost is printed, and has a limit; what is live then is right, and the
 * next command works.
 */
class PowerIT {

	private static final String ROW = "%-44s %7s %6s  %13s%n";

	private static final List<String> ROWS = new ArrayList<>();

	private static final int PER_SECOND = (int) (2 * UnderLoad.DEFAULT_RATE);

	@MeasuredTest
	void aServerThatDiesWhileItServesTakesAtMostASecondOfItsHalf() throws InterruptedException {
		Balancer balancer = Balancer.withV1();
		Report report = around("a server dies while it serves", balancer, () -> {
			LittleServer machine = balancer.server().machine("blue-1");
			machine.powerOff();
			balancer.awaitDown("blue-1");
			machine.powerOn();
			balancer.awaitUp("blue-1");
		});
		assertThat(report.totalDropped()).isLessThanOrEqualTo(PER_SECOND / 2);
		assertThat(balancer.live()).isEqualTo("blue-1 blue-2");
	}

	@MeasuredTest
	@Tag("long")
	void aServerThatDiesWhileItBootsEndsTheDeployAndLosesNothing() throws InterruptedException {
		Balancer balancer = Balancer.withV1();
		LittleServer machine = balancer.server().machine("green-2");
		Report report = around("a server dies while it boots", balancer, () -> {
			CompletableFuture<Execution> deploy = balancer.runUntil("starting green", "sh", "-c",
					"READY_LIMIT=20 ./deploy.sh v2");
			machine.powerOff();
			assertThat(deploy.join().exitCode()).as(deploy.join().output()).isEqualTo(1);
			assertThat(deploy.join().output()).contains("green-2 with v2", "blue was, and is, live");
			machine.powerOn();
		});
		ReportAssert.assertThat(report).lostNothing();
		assertThat(balancer.live()).isEqualTo("blue-1 blue-2");
		balancer.run("./deploy.sh", "v2").orThrow();
	}

	@MeasuredTest
	@Tag("long")
	void aServerThatDiesWhileItDrainsTakesOnlyWhatWasInFlightThere() throws InterruptedException {
		Balancer balancer = Balancer.withV1();
		LittleServer machine = balancer.server().machine("blue-2");
		Report report = around("a server dies while it drains", balancer, () -> {
			CompletableFuture<Execution> deploy = balancer.runUntil("switched to green", "./deploy.sh", "v2");
			machine.powerOff();
			deploy.join().orThrow();
			machine.powerOn();
			balancer.awaitUp("blue-2");
		});
		// Those that were on their way there at that moment
		assertThat(report.totalDropped()).isLessThanOrEqualTo(PER_SECOND / 20);
		assertThat(balancer.live()).isEqualTo("green-1 green-2");
		assertThat(balancer.run("./rollback.sh").output()).contains("v1 is live");
	}

	@MeasuredTest(insistsOnLoss = true)
	void aLoadBalancerThatIsKilledComesBackWithTheSameWeights() throws InterruptedException {
		Balancer balancer = Balancer.withV1();
		balancer.run("./deploy.sh", "v2").orThrow();
		Report report = around("the load balancer is killed", balancer, () -> {
			balancer.server().execAsRoot("pkill", "-KILL", "haproxy").orThrow();
			balancer.awaitUp("green-1");
			balancer.awaitUp("green-2");
		});
		assertThat(report.totalDropped()).isBetween(1L, 2L * PER_SECOND);
		assertThat(balancer.live()).isEqualTo("green-1 green-2");
		assertThat(balancer.run("./rollback.sh").output()).contains("v1 is live");
	}

	@MeasuredTest
	void aDeployThatIsKilledLosesNothingAndTheNextOnePutsThingsRight() throws InterruptedException {
		Balancer balancer = Balancer.withV1();
		Report report = around("the deploy is killed while green has a share", balancer, () -> {
			CompletableFuture<Execution> deploy = balancer.runUntil("of the requests for", "sh", "-c",
					"CANARY=10 CANARY_TIME=60 exec ./deploy.sh v2");
			balancer.server().execAsRoot("pkill", "-KILL", "-f", "/deploy.sh v2").orThrow();
			deploy.join();
			assertThat(balancer.live()).isEqualTo("blue-1 blue-2 green-1 green-2");
			assertThat(balancer.run("./deploy.sh", "v2").orThrow().output()).contains("all go to blue", "v2 is live");
		});
		ReportAssert.assertThat(report).lostNothing();
		assertThat(balancer.live()).isEqualTo("green-1 green-2");
	}

	private static Report around(String fault, Balancer balancer, Action action) throws InterruptedException {
		Report report = Probe.to(balancer.server().url().resolve("/"))
			.rate(UnderLoad.DEFAULT_RATE)
			.build()
			.around((events) -> {
				events.mark(fault);
				action.run();
				return null;
			})
			.report();
		System.out.println(fault + "\n" + TerminalReport.plain().summary(report));
		ReportAssert.assertThat(report).isTrusted();
		long longest = report.modes().values().stream().mapToLong(ModeReport::downtimeMs).max().orElse(0);
		long sent = report.modes().values().stream().mapToLong(ModeReport::sent).sum();
		ROWS.add(ROW.formatted(fault, sent, report.totalDropped(), longest + " ms"));
		return report;
	}

	/** With -Ddocs.update=true: into the chapter, in both languages. */
	@AfterAll
	static void print() throws IOException {
		String table = ROW.formatted("", "sent", "lost", "no answer for") + String.join("", ROWS);
		System.out.println(table);
		if (Boolean.getBoolean("docs.update")) {
			for (String page : List.of("README.md", "README.ko.md")) {
				GeneratedBlock.fill(Stage.named("step6").directory().resolve(page), "power", table.stripTrailing());
			}
		}
	}

	private interface Action {

		void run() throws InterruptedException;

	}

}
