package dev.zerodowntime.lab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.lab.LabException;
import dev.zerodowntime.lab.LittleServer;
import dev.zerodowntime.lab.Stage;
import dev.zerodowntime.lab.live.Watch;
import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.cli.Terminal;
import dev.zerodowntime.probe.report.JsonReport;
import dev.zerodowntime.probe.report.ReportFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./workshop watch stepN}: what visitors see, while they see it. */
@Command(name = "watch", mixinStandardHelpOptions = true, showDefaultValues = true,
		description = "Sends requests to the server that is up and shows every answer, on a page and here, until Ctrl-C.")
final class WatchCommand implements Callable<Integer> {

	private static final Duration END_LIMIT = Duration.ofSeconds(20);

	@Parameters(paramLabel = "STEP", description = "Such as step1.")
	private String step = "";

	@Option(names = "--rate", paramLabel = "N", defaultValue = "50",
			description = "Requests per second in each connection mode.")
	private double rate;

	@Option(names = "--port", paramLabel = "N", defaultValue = "7070",
			description = "The page's port on this machine; 0: any that is free.")
	private int port;

	@Option(names = "--json", paramLabel = "FILE", description = "In the end, write the report as JSON.")
	private @Nullable Path json;

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public Integer call() throws IOException {
		require(this.rate > 0 && this.rate <= 2000, "--rate must be above 0 and at most 2000");
		require(this.port >= 0 && this.port <= 65535, "--port must be from 0 to 65535");
		Stage stage = Stage.named(this.step);
		Path report = (this.json != null) ? Workshop.fromCaller(this.json) : null;
		if (report != null) {
			// Found out before the measurement, not after it
			ReportFile.check(report);
		}
		Terminal terminal = Workshop.terminal(this.spec);
		LittleServer server = LittleServer.find(stage)
			.orElseThrow(() -> new LabException("no %s server is up: ./workshop up %1$s".formatted(this.step)));
		CountDownLatch told = new CountDownLatch(1);
		try (Watch watch = Watch.of(server, this.rate, this.port)) {
			Runtime.getRuntime().addShutdownHook(new Thread(() -> end(watch, told), "workshop-watch-end"));
			terminal.progress("Live page: " + watch.url() + " (Ctrl-C ends)");
			Measurement seen = run(watch);
			terminal.summary(seen);
			if (report != null) {
				JsonReport.write(seen.report(), report);
			}
			if (watch.problem() != null) {
				throw new LabException(watch.problem());
			}
			return Workshop.OK;
		}
		finally {
			told.countDown();
		}
	}

	private static Measurement run(Watch watch) throws IOException {
		try (WatchView view = WatchView.of(watch)) {
			view.start();
			return watch.run();
		}
	}

	/** After Ctrl-C, the verdict is still told. */
	private static void end(Watch watch, CountDownLatch told) {
		watch.stop();
		try {
			told.await(END_LIMIT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void require(boolean condition, String message) {
		if (!condition) {
			throw new ParameterException(Objects.requireNonNull(this.spec).commandLine(), message);
		}
	}

}
