package dev.zerodowntime.step4;

import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.lab.faults.FaultTable;
import dev.zerodowntime.lab.faults.Faults;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deploys through the gate that are cut off anywhere: the right release is live, no
 * request is lost, and the next command puts things right.
 */
class FaultsIT {

	/** Other ones each day; the log has the seed to play them again. */
	private static final long TODAY = System.currentTimeMillis() / 86_400_000;

	@Test
	@Tag("long")
	@Timeout(3000)
	void shouldPutThingsRightAfterFiftyFaults() {
		CiServer server = CiServer.asNew();
		FaultTable table = new Faults(Stage.named("step4"), server.server(), 100, System.out::println).play(50, TODAY);
		System.out.println(table.summary());
		assertThat(table.isRight()).as(table.summary()).isTrue();
	}

}
