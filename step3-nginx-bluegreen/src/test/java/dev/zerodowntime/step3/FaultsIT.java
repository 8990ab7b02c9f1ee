package dev.zerodowntime.step3;

import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.lab.faults.FaultTable;
import dev.zerodowntime.lab.faults.Faults;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deploys that are cut off anywhere: the right release is live, no request is lost, and
 * the next command puts things right.
 */
class FaultsIT {

	/** Other ones each day; the log has the seed to play them again. */
	private static final long TODAY = System.currentTimeMillis() / 86_400_000;

	@Test
	void shouldPutThingsRightAfterSomeFaults() {
		assertRight(5);
	}

	@Test
	@Tag("long")
	@Timeout(2400)
	void shouldPutThingsRightAfterAHundredFaults() {
		assertRight(100);
	}

	private static void assertRight(int faults) {
		BlueGreenServer server = BlueGreenServer.asNew();
		FaultTable table = new Faults(Stage.named("step3"), server.server(), 100, System.out::println).play(faults,
				TODAY);
		System.out.println(table.summary());
		assertThat(table.isRight()).as(table.summary()).isTrue();
	}

}
