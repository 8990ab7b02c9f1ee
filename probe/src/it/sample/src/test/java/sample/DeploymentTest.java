package sample;

import java.time.Duration;

import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.RunningMeasurement;
import dev.zerodowntime.probe.junit.ProbeExtension;
import dev.zerodowntime.probe.junit.Probes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static dev.zerodowntime.probe.ReportAssert.assertThat;

@ExtendWith(ProbeExtension.class)
class DeploymentTest {

	@Test
	void aSwitchLosesNoRequest(Probes probes) throws Exception {
		try (Service service = new Service("v1")) {
			Measurement measurement = probes.to(service.url()).rate(10).build().around(() -> service.switchTo("v2"));
			assertThat(measurement).lostNothing().p99AtMost(Duration.ofSeconds(1)).answeredBy("v1", "v2");
		}
	}

	@Test
	void aRestartLosesRequests(Probes probes) throws Exception {
		try (Service service = new Service("v1");
				RunningMeasurement running = probes.to(service.url()).rate(10).build().start()) {
			running.mark("restart");
			service.restartAs("v2");
			assertThat(running.stop()).lostSomethingInEveryMode().outageAtMost(Duration.ofSeconds(10));
		}
	}

}
