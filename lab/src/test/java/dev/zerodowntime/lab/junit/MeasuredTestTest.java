package dev.zerodowntime.lab.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import dev.zerodowntime.probe.ReportAssert;
import dev.zerodowntime.probe.model.Report;
import dev.zerodowntime.probe.report.JsonReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

/** An untrusted measurement may be repeated; a loss never. */
class MeasuredTestTest {

	private static final String REPORT = """
			{"url":"http://127.0.0.1/","rate_per_s":100,"started_at":"2026-01-01T00:00:00Z","duration_ms":1000,
			"trusted":%s,"problems":[%s],"warmup":{"sent":0,"dropped":0},"events":[],"command":null,"labels":{},
			"modes":{"fresh":{"sent":100,"ok":%d,"dropped":%d,"drops_by_kind":{},"outages":[],"downtime_ms":0,"late_slots":0,"lateness_ms":null,
			"latency_ms":null,"baseline_latency_ms":null,"command_latency_ms":null,"versions":{},
			"versions_overlap":null}}}
			""";

	private static final AtomicInteger ATTEMPTS = new AtomicInteger();

	private static Report trusted;

	private static Report untrusted;

	private static Report untrustedAndLost;

	@BeforeEach
	void prepare(@TempDir Path directory) throws IOException {
		ATTEMPTS.set(0);
		trusted = report(directory, "true", "", 0);
		untrusted = report(directory, "false", "\"100 of 100 requests were sent late\"", 0);
		untrustedAndLost = report(directory, "false", "\"100 of 100 requests were sent late\"", 1);
	}

	@Test
	void shouldRepeatWhatCannotBeTrusted() {
		execute("untrustedTwice").assertStatistics((tests) -> tests.started(3).aborted(2).succeeded(1));
	}

	@Test
	void shouldGiveUpAfterThreeAttempts() {
		execute("neverTrusted").assertStatistics((tests) -> tests.started(3).aborted(2).failed(1));
	}

	@Test
	void shouldNotRepeatWhatLostARequest() {
		execute("lost").assertStatistics((tests) -> tests.started(1).failed(1));
	}

	@Test
	void shouldRepeatWhatLostARequestWhereTheTestInsistsOnThat() {
		execute("losing").assertStatistics((tests) -> tests.started(2).aborted(1).succeeded(1));
	}

	@Test
	void shouldNotRepeatWhatFailsOtherwise() {
		execute("broken").assertStatistics((tests) -> tests.started(1).failed(1));
	}

	@Test
	void shouldNotRepeatWhatPasses() {
		execute("passing").assertStatistics((tests) -> tests.started(1).succeeded(1));
	}

	private static Events execute(String method) {
		return EngineTestKit.engine("junit-jupiter")
			.selectors(selectMethod(Fixture.class, method))
			.execute()
			.testEvents();
	}

	private static Report report(Path directory, String trusted, String problems, int lost) throws IOException {
		Path file = directory.resolve("report.json");
		Files.writeString(file, REPORT.formatted(trusted, problems, 100 - lost, lost));
		return JsonReport.read(file);
	}

	static class Fixture {

		@MeasuredTest
		void untrustedTwice() {
			ReportAssert.assertThat((ATTEMPTS.incrementAndGet() < 3) ? untrusted : trusted).isTrusted();
		}

		@MeasuredTest
		void neverTrusted() {
			ReportAssert.assertThat(untrusted).isTrusted();
		}

		@MeasuredTest
		void lost() {
			ReportAssert.assertThat(untrustedAndLost).isTrusted();
		}

		@MeasuredTest(insistsOnLoss = true)
		void losing() {
			ReportAssert.assertThat((ATTEMPTS.incrementAndGet() < 2) ? untrustedAndLost : trusted).isTrusted();
		}

		@MeasuredTest
		void broken() {
			throw new IllegalStateException("broken");
		}

		@MeasuredTest
		void passing() {
			ReportAssert.assertThat(trusted).isTrusted();
		}

	}

}
