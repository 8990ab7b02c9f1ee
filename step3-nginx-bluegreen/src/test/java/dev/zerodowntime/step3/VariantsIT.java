package dev.zerodowntime.step3;

import dev.zerodowntime.lab.Rehearsal;
import dev.zerodowntime.lab.Rehearsed;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.probe.ReportAssert;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each variant does the harm it is there to show: if one stops doing so, a line of the
 * scripts has lost its reason. For the reload see {@link SwitchIT}.
 */
@Tag("long")
class VariantsIT {

	@ParameterizedTest
	@ValueSource(strings = { "without-readiness", "stop-before-switch" })
	void shouldLoseRequests(String variant) {
		ReportAssert.assertThat(rehearse(variant).report()).lostSomethingInEveryMode();
	}

	@Test
	void shouldDeployWithoutWarmUpAllTheSame() {
		assertThat(rehearse("without-warm-up").deploy().exitCode()).isZero();
	}

	private static Rehearsed rehearse(String variant) {
		Stage stage = Stage.named("step3");
		return new Rehearsal(BlueGreenServer.asNew().server()).variant(stage.variant(variant)).run("v1", "v2");
	}

}
