package dev.zerodowntime.probe.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.zerodowntime.probe.FaultServer;
import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.ProbeBuilder;
import dev.zerodowntime.probe.report.JsonReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

class ProbeExtensionTest {

	@TempDir
	private Path directory;

	@Test
	void theReportsOfATestAreKeptAndNamedWhenItFails() throws IOException {
		Throwable failure = failure(run("failsAfterTwoMeasurements"));
		Path folder = this.directory.resolve(MeasuringTests.class.getName());
		Path first = folder.resolve("failsAfterTwoMeasurements");
		Path second = folder.resolve("failsAfterTwoMeasurements-2");
		assertThat(failure).hasMessage("the reason");
		assertThat(failure.getSuppressed()).extracting(Object::toString)
			.containsExactly("what the probe measured is in " + first.resolve("report.html"),
					"what the probe measured is in " + second.resolve("report.html"));
		assertThat(first.resolve("report.html")).content().contains("uPlot");
		assertThat(JsonReport.read(second.resolve("report.json")).modes()).hasSize(2);
	}

	@Test
	void aMeasuredActionThatThrowsLeavesAReport() {
		Throwable failure = failure(run("failsInTheAction"));
		assertThat(failure).hasMessage("no such version");
		assertThat(failure.getSuppressed()).hasSize(1);
	}

	@Test
	void aReportThatCannotBeWrittenFailsNoTest() throws IOException {
		Files.createFile(this.directory.resolve(MeasuringTests.class.getName()));
		run("passes").testEvents().assertStatistics((statistics) -> statistics.succeeded(1));
	}

	@Test
	void setUpAndTestShareTheirProbes() {
		run("hasTheProbesOfItsSetUp").testEvents().assertStatistics((statistics) -> statistics.succeeded(1));
	}

	private EngineExecutionResults run(String method) {
		return EngineTestKit.engine("junit-jupiter")
			.configurationParameter(ProbeExtension.DIRECTORY, this.directory.toString())
			.selectors(selectMethod(MeasuringTests.class, method, Probes.class.getName()))
			.execute();
	}

	private static Throwable failure(EngineExecutionResults results) {
		List<Execution> executions = results.testEvents().executions().failed().list();
		return executions.get(0).getTerminationInfo().getExecutionResult().getThrowable().orElseThrow();
	}

	@ExtendWith(ProbeExtension.class)
	static class MeasuringTests {

		private Probes probes;

		@BeforeEach
		void setUp(Probes probes) {
			this.probes = probes;
		}

		@Test
		void failsAfterTwoMeasurements(Probes probes) throws IOException {
			measure(probes);
			measure(probes);
			throw new IllegalStateException("the reason");
		}

		@Test
		void failsInTheAction(Probes probes) throws IOException {
			try (FaultServer server = FaultServer.healthy()) {
				quick(probes, server).build().around(() -> {
					throw new IOException("no such version");
				});
			}
		}

		@Test
		void passes(Probes probes) throws IOException {
			assertThat(measure(probes).report().modes()).hasSize(2);
		}

		@Test
		void hasTheProbesOfItsSetUp(Probes probes) {
			assertThat(probes).isSameAs(this.probes);
		}

		private static Measurement measure(Probes probes) throws IOException {
			try (FaultServer server = FaultServer.healthy()) {
				return quick(probes, server).build().run(Duration.ofMillis(100));
			}
		}

		private static ProbeBuilder quick(Probes probes, FaultServer server) {
			return probes.to(server.url().toString())
				.warmup(Duration.ZERO)
				.baseline(Duration.ofMillis(100))
				.settleLimit(Duration.ZERO);
		}

	}

}
