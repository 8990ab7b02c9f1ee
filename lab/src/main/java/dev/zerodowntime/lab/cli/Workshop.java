package dev.zerodowntime.lab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;

import dev.zerodowntime.lab.LabException;
import dev.zerodowntime.probe.cli.Terminal;
import dev.zerodowntime.probe.model.ProbeException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What {@code ./workshop} hands over to once everything is set up. */
@Command(name = "workshop", mixinStandardHelpOptions = true, description = "Ships v1 -> v2 and counts what is lost.",
		subcommands = { RunCommand.class, UpCommand.class, WatchCommand.class, BoardCommand.class,
				FaultsCommand.class },
		synopsisSubcommandLabel = "COMMAND")
public final class Workshop {

	static final int OK = 0;

	static final int FAILED = 1;

	static final int USAGE = 2;

	static final int UNTRUSTED = 3;

	/** After Ctrl-C the servers are removed under whatever still runs: no news. */
	private static volatile boolean ending;

	private Workshop() {
	}

	/**
	 * Runs a command and exits, see {@link #run(String...)}.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> ending = true, "workshop-ending"));
		System.exit(run(args));
	}

	/**
	 * Runs a command.
	 * @param args the command line
	 * @return 0 on success, 1 if it failed, 2 if the command line is wrong, 3 if a
	 * measurement cannot be trusted
	 */
	public static int run(String... args) {
		return commandLine().execute(args);
	}

	static CommandLine commandLine() {
		return new CommandLine(new Workshop()).setParameterExceptionHandler(Workshop::wrongUsage)
			.setExecutionExceptionHandler(Workshop::failed)
			.setExpandAtFiles(false);
	}

	/**
	 * A file or folder on the command line, as seen from the folder that the user is in.
	 */
	static Path fromCaller(Path path) {
		return Path.of(System.getProperty("workshop.caller", "")).resolve(path);
	}

	static Terminal terminal(@Nullable CommandSpec spec) {
		CommandLine command = Objects.requireNonNull(spec, "not run by picocli").commandLine();
		return new Terminal(command.getOut(), command.getErr());
	}

	private static int wrongUsage(ParameterException ex, String[] args) {
		CommandLine command = ex.getCommandLine();
		say(command, ex.getMessage() + " (see ./" + command.getCommandSpec().qualifiedName() + " --help)");
		return USAGE;
	}

	private static int failed(Exception ex, CommandLine command, ParseResult result) throws Exception {
		if (ending) {
			return FAILED;
		}
		if (ex instanceof LabException || ex instanceof ProbeException || ex instanceof IOException) {
			say(command, Objects.requireNonNullElse(ex.getMessage(), ex.toString()));
			return FAILED;
		}
		throw ex;
	}

	private static void say(CommandLine command, String problem) {
		PrintWriter err = command.getErr();
		err.println("workshop: " + problem.replaceAll("\\s*\\R\\s*", " "));
		err.flush();
	}

}
