package dev.zerodowntime.lab.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

import dev.zerodowntime.lab.LabException;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Stage;

/**
 * Runs the stage's own scripts on the little server, when somebody asks the page for it.
 * What they say is heard by {@link Told}, as if they had been typed.
 */
final class Deployer {

	private static final String DEPLOY = "./deploy.sh";

	private static final String ROLLBACK = "./rollback.sh";

	/** A deploy, and the rollback that ends its bake time. The scripts have locks. */
	private static final int AT_A_TIME = 2;

	private final LittleServer server;

	private final List<String> releases;

	private final Semaphore free = new Semaphore(AT_A_TIME);

	Deployer(LittleServer server) {
		this.server = server;
		this.releases = releases(server.stage());
	}

	private static List<String> releases(Stage stage) {
		if (stage.isBuiltOnServer()) {
			// Commits of a repository, by their tags
			return List.of("v1", "v2");
		}
		try (Stream<Path> folders = Files.list(stage.releases())) {
			return folders.map((folder) -> folder.getFileName().toString()).sorted().toList();
		}
		catch (IOException ex) {
			throw new LabException("cannot read " + stage.releases(), ex);
		}
	}

	/** What can be deployed, oldest first. */
	List<String> releases() {
		return this.releases;
	}

	boolean canRollBack() {
		return Files.isRegularFile(this.server.stage().directory().resolve(ROLLBACK));
	}

	/** Returns at once; false if two scripts run already. */
	boolean deploy(String release, Runnable afterSuccess) {
		return begin(afterSuccess, DEPLOY, release);
	}

	/** Returns at once; false if two scripts run already. */
	boolean rollBack() {
		return begin(() -> {
		}, ROLLBACK);
	}

	private boolean begin(Runnable afterSuccess, String... command) {
		if (!this.free.tryAcquire()) {
			return false;
		}
		Thread thread = new Thread(() -> {
			try {
				if (Told.run(this.server, LittleServer.DEPLOY_LIMIT, command).succeeded()) {
					afterSuccess.run();
				}
			}
			catch (LabException ex) {
				// The server is gone: whoever follows it hears that, too
			}
			finally {
				this.free.release();
			}
		}, "live-deployer");
		thread.setDaemon(true);
		thread.start();
		return true;
	}

}
