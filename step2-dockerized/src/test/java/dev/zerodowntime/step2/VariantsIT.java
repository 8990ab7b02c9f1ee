package dev.zerodowntime.step2;

import dev.zerodowntime.lab.Kept;
import dev.zerodowntime.lab.Rehearsal;
import dev.zerodowntime.lab.Rehearsed;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.probe.model.Event;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each variant does the harm it is there to show: if one stops doing so, a line of the
 * deploy script has lost its reason.
 */
@Tag("long")
class VariantsIT {

	/** What {@code docker stop} waits before it kills. */
	private static final long STOP_GRACE_MS = 10_000;

	private static ContainerServer server;

	@BeforeAll
	static void start() {
		server = ContainerServer.asNew();
	}

	@BeforeEach
	void reset() {
		server.reset();
	}

	@ParameterizedTest
	@ValueSource(strings = { "without-volume", "without-env" })
	void shouldLoseEveryEntry(String variant) {
		Rehearsed rehearsed = rehearse(variant, false);
		assertThat(rehearsed.deploy().exitCode()).isZero();
		assertThat(rehearsed.kept()).isEqualTo(new Kept(20, 20, "v2"));
	}

	@Test
	void shouldNotComeBackAfterARebootWithoutRestart() {
		assertThat(rehearse("without-restart", true).reboot().isBack()).isFalse();
	}

	@Test
	void shouldDeployTheOldReleaseAgainWithLatestTag() {
		Rehearsed rehearsed = rehearse("latest-tag", false);
		assertThat(rehearsed.deploy().exitCode()).isEqualTo(1);
		assertThat(rehearsed.deploy().output()).contains("deploy.sh: v2 is not live: guest-book:latest answers")
			.contains("\"version\":\"v1\"");
		assertThat(rehearsed.kept()).isEqualTo(new Kept(20, 0, "v1"));
		assertThat(rehearsed.report().totalDropped()).as("downtime for nothing").isPositive();
	}

	@Test
	void shouldStopOnlyByForceWithAShellAsProcessOne() {
		Rehearsed rehearsed = rehearse("shell-as-pid-1", false);
		assertThat(at(rehearsed, "removed the container of v1") - at(rehearsed, "stopping v1"))
			.isGreaterThan(STOP_GRACE_MS);
	}

	@Test
	void shouldDeployWithoutAotCacheAllTheSame() {
		Rehearsed rehearsed = rehearse("without-aot-cache", false);
		assertThat(rehearsed.deploy().exitCode()).isZero();
		assertThat(rehearsed.logs().resolve("guest-book.container.log")).content()
			.contains("Picked up JAVA_TOOL_OPTIONS: -XX:AOTMode=off");
	}

	private Rehearsed rehearse(String variant, boolean reboot) {
		Rehearsal rehearsal = new Rehearsal(server.server()).variant(Stage.named("step2").variant(variant));
		return (reboot ? rehearsal.thenReboot() : rehearsal).run("v1", "v2");
	}

	private static long at(Rehearsed rehearsed, String event) {
		return rehearsed.report()
			.events()
			.stream()
			.filter((each) -> each.name().equals(event))
			.mapToLong(Event::atMs)
			.findFirst()
			.orElseThrow();
	}

}
