package dev.zerodowntime.probe.cli;

import java.io.PrintWriter;

import dev.zerodowntime.probe.NothingAnswersException;
import dev.zerodowntime.probe.model.ProbeException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command {@code probe}. */
@Command(name = "probe", description = "Counts the requests that get lost.", mixinStandardHelpOptions = true,
		version = "1.0", subcommands = RunCommand.class, synopsisSubcommandLabel = "COMMAND")
public final class Main {

	private Main() {
	}

	/**
	 * Runs the command and exits with its code, see {@link ExitCode}.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		requireCloseNotify();
		System.exit(run(commandLine(), args));
	}

	private static int run(CommandLine command, String[] args) {
		try {
			return command.execute(args);
		}
		catch (Error ex) {
			// Without this the JVM would exit 1, which means that requests were lost.
			return failedItself(command, ex);
		}
	}

	private static int failedItself(CommandLine command, Throwable failure) {
		say(command, "the probe failed: " + failure);
		failure.printStackTrace(command.getErr());
		command.getErr().flush();
		return ExitCode.UNTRUSTED;
	}

	/**
	 * Has the JDK report a TLS connection that was cut off (FIN without close_notify). It
	 * reads this when its TLS classes are loaded.
	 */
	private static void requireCloseNotify() {
		if (System.getProperty("com.sun.net.ssl.requireCloseNotify") == null) {
			System.setProperty("com.sun.net.ssl.requireCloseNotify", "true");
		}
	}

	static CommandLine commandLine() {
		return new CommandLine(new Main()).setParameterExceptionHandler(Main::wrongUsage)
			.setExecutionExceptionHandler(Main::failed)
			// "@file" is an argument like any other: curl -d @body.json
			.setExpandAtFiles(false);
	}

	private static int wrongUsage(ParameterException ex, String[] args) {
		CommandLine command = ex.getCommandLine();
		say(command, ex.getMessage() + " (see " + command.getCommandSpec().qualifiedName() + " --help)");
		return ExitCode.USAGE;
	}

	private static int failed(Exception ex, CommandLine command, ParseResult result) {
		if (ex instanceof ProbeException) {
			say(command, ex.getMessage());
			return (ex instanceof NothingAnswersException) ? ExitCode.UNTRUSTED : ExitCode.USAGE;
		}
		// Not thrown on: picocli would exit 1, which means that requests were lost.
		return failedItself(command, ex);
	}

	private static void say(CommandLine command, String problem) {
		PrintWriter err = command.getErr();
		err.println("probe: " + problem.replaceAll("\\s*\\R\\s*", " "));
		err.flush();
	}

}
