package dev.zerodowntime.lab.cli;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import dev.zerodowntime.lab.live.Board;
import dev.zerodowntime.probe.cli.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./workshop board}: everybody's numbers, side by side. */
@Command(name = "board", mixinStandardHelpOptions = true, showDefaultValues = true,
		description = "Opens the class board, a page that takes and compares everybody's report/stepN.json, until Ctrl-C.")
final class BoardCommand implements Callable<Integer> {

	@Option(names = "--port", paramLabel = "N", defaultValue = "7071",
			description = "The page's port on this machine; 0: any that is free.")
	private int port;

	@Option(names = "--lan", description = "Let the machines of the local network hand in results, too.")
	private boolean lan;

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public Integer call() throws InterruptedException {
		if (this.port < 0 || this.port > 65535) {
			throw new ParameterException(Objects.requireNonNull(this.spec).commandLine(),
					"--port must be from 0 to 65535");
		}
		Terminal terminal = Workshop.terminal(this.spec);
		try (Board board = Board.open(this.port, this.lan)) {
			List<String> urls = board.urls();
			terminal.progress("Class board: " + urls.get(0) + " (Ctrl-C ends)");
			for (String url : urls.subList(1, urls.size())) {
				terminal
					.progress("To hand in: curl --data-binary @report/step1.json '" + url + "results?name=YOUR-NAME'");
			}
			// Until Ctrl-C
			new CountDownLatch(1).await();
		}
		return Workshop.OK;
	}

}
