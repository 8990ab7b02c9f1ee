package dev.zerodowntime.probe.cli;

import java.io.PrintWriter;

import dev.zerodowntime.probe.NothingAnswersException;
import dev.zerodowntime.probe.ProbeException;
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
		System.exit(commandLine().execute(args));
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

	private static int failed(Exception ex, CommandLine command, ParseResult result) throws Exception {
		if (ex instanceof ProbeException) {
			say(command, ex.getMessage());
			return (ex instanceof NothingAnswersException) ? ExitCode.UNTRUSTED : ExitCode.USAGE;
		}
		throw ex;
	}

	private static void say(CommandLine command, String problem) {
		PrintWriter err = command.getErr();
		err.println("probe: " + problem.replaceAll("\\s*\\R\\s*", " "));
		err.flush();
	}

}
