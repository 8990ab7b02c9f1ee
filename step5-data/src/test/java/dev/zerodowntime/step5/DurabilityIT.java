package dev.zerodowntime.step5;

import java.util.List;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.lab.LabException;
import dev.zerodowntime.lab.LittleServer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What was acknowledged is still there: after a power cut, and after a restore. */
@Order(3)
class DurabilityIT {

	/** All processes of the server, its engine and database included. */
	private static final String KILL_ALL = "kill -KILL -1";

	private static final int WRITTEN_BEFORE = 200;

	@Test
	void shouldRestoreABackup() {
		DataServer data = DataServer.with("v4");
		Writer writer = new Writer();
		writer.write(data.server().url(), 20);
		data.run("data/backup.sh").orThrow();
		data.sql("delete from entries");
		assertThat(writer.missing(data.server().url())).hasSize(20);
		Execution restore = data.shell("data/restore.sh \"$(ls backups/*.dump | tail -n 1)\"");
		assertThat(restore.exitCode()).as(restore.output()).isZero();
		assertThat(writer.missing(data.server().url())).isEmpty();
		assertThat(data.run("data/restore.sh", "nothing.dump").exitCode()).isEqualTo(2);
	}

	@Test
	void shouldKeepAllThatWasAcknowledgedWhenEverythingIsKilled() throws InterruptedException {
		DataServer data = DataServer.with("v4");
		LittleServer server = data.server();
		Writer writer = new Writer();
		Thread writing = writer.writeUntilItFails(server.url());
		writer.await(WRITTEN_BEFORE);
		try {
			server.execAsRoot("sh", "-c", KILL_ALL);
		}
		catch (LabException ex) {
			// It killed the command as well
		}
		writing.join();
		server.reboot();
		List<String> missing = writer.awaitMissing(server);
		System.out.printf("%d entries were acknowledged before everything was killed, %d of them are missing%n",
				writer.acknowledged(), missing.size());
		assertThat(missing).isEmpty();
	}

}
