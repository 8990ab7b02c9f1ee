package dev.zerodowntime.lab.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.probe.cli.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./workshop up stepN}: a little server with v1 live, which stays. */
@Command(name = "up", mixinStandardHelpOptions = true,
		description = "Starts a little server with v1 live; prints its URL last.")
final class UpCommand implements Callable<Integer> {

	private static final String FIRST_RELEASE = "v1";

	@Parameters(paramLabel = "STEP", description = "Such as step1.")
	private String step = "";

	@Option(names = "--app", paramLabel = "DIR",
			description = "A Spring Boot project of your own instead of the guest book.")
	private @Nullable Path app;

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public Integer call() {
		Terminal terminal = Workshop.terminal(this.spec);
		terminal.progress("Starting a little server for " + this.step);
		Stage stage = Stage.named(this.step);
		if (this.app != null) {
			// lab/host/app.sh has made it of the stage's folder and the project
			stage = new Stage(this.step, this.app);
		}
		LittleServer server = LittleServer.of(stage).up();
		// Until v1 is live nobody wants this server: not after a failure, not after
		// Ctrl-C.
		Thread removal = new Thread(server::close, "workshop-up-removal");
		Runtime.getRuntime().addShutdownHook(removal);
		server.exec(terminal::print, "./deploy.sh", FIRST_RELEASE).orThrow();
		Runtime.getRuntime().removeShutdownHook(removal);
		terminal.progress("Next: ./workshop watch " + this.step + ", and in another terminal: ./workshop deploy "
				+ this.step + " v2");
		terminal.result(server.url().toString());
		return Workshop.OK;
	}

}
