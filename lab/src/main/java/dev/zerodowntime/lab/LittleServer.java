package dev.zerodowntime.lab;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.github.dockerjava.api.command.ExecCreateCmdResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import org.jspecify.annotations.Nullable;

/**
 * A Linux box in a container that plays the rented machine: a stage's scripts and
 * releases lie in {@code /srv/app}, and what listens there on ports 8080 and 8443 is
 * reached on random ports of 127.0.0.1.
 * <p>
 * A server that was {@linkplain Builder#start() started} is removed by {@link #close()},
 * and at the latest when this JVM ends, Ctrl-C included. One that was brought
 * {@linkplain Builder#up() up} stays until it is closed.
 *
 * <pre>{@code
 * try (LittleServer server = LittleServer.of(Stage.named("step1")).start()) {
 *     server.exec(System.out::println, "./deploy.sh", "v1").orThrow();
 * }
 * }</pre>
 */
public final class LittleServer implements AutoCloseable {

	/** How long a command may take unless told otherwise: three minutes. */
	public static final Duration DEFAULT_LIMIT = Duration.ofMinutes(3);

	/**
	 * How long a deploy or a rollback may take: ten minutes, because from a commit it may
	 * take some on a slow machine.
	 */
	public static final Duration DEPLOY_LIMIT = Duration.ofMinutes(10);

	private static final Duration ENGINE_LIMIT = Duration.ofSeconds(60);

	private static final int REBOOT_WARNING_SECONDS = 10;

	private static final String GATHER_LOGS = """
			mkdir -p log
			for container in $(docker ps --all --format '{{.Names}}' 2>/dev/null); do
				docker logs "$container" >"log/$container.container.log" 2>&1
			done
			""";

	private static final String HOME = "/srv/app";

	private static final String USER = "app";

	private final Stage stage;

	private final String id;

	private LittleServer(Stage stage, String id) {
		this.stage = stage;
		this.id = id;
	}

	/**
	 * Begins to describe a server for a stage.
	 * @param stage what is deployed onto it
	 * @return a builder for a server; with a Docker engine of its own if the stage
	 * {@linkplain Stage#usesDocker() uses Docker}
	 */
	public static Builder of(Stage stage) {
		return new Builder(stage);
	}

	/**
	 * Finds the server that {@link Builder#up()} left running, in this JVM or another.
	 * @param stage the stage
	 * @return the server, or empty if none is up for that stage
	 * @throws LabException if no Docker engine answers
	 */
	public static Optional<LittleServer> find(Stage stage) {
		return Engine.containers(Map.of(Labels.ROLE, Labels.UP, Labels.STAGE, stage.name()))
			.stream()
			.filter(Engine::isRunning)
			.findFirst()
			.map((container) -> new LittleServer(stage, container.getId()));
	}

	/**
	 * The stage that is deployed onto this server.
	 * @return the stage
	 */
	public Stage stage() {
		return this.stage;
	}

	/**
	 * The container's id.
	 * @return the id by which the engine knows this server
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Where visitors reach the server. Nothing answers there before the first deploy.
	 * @return such as {@code http://127.0.0.1:32768}, without a path
	 * @throws LabException if the server is gone
	 */
	public URI url() {
		return URI.create("http://" + published(Box.HTTP));
	}

	/**
	 * Where visitors reach the server over TLS. Only a stage with a proxy answers there.
	 * @return such as {@code https://127.0.0.1:32769}, without a path
	 * @throws LabException if the server is gone
	 */
	public URI secureUrl() {
		return URI.create("https://" + published(Box.HTTPS));
	}

	private String published(ExposedPort port) {
		try {
			Ports.Binding[] bindings = Engine.client()
				.inspectContainerCmd(this.id)
				.exec()
				.getNetworkSettings()
				.getPorts()
				.getBindings()
				.get(port);
			if (bindings != null && bindings.length > 0) {
				return bindings[0].getHostIp() + ":" + bindings[0].getHostPortSpec();
			}
			throw gone(null);
		}
		catch (NotFoundException ex) {
			throw gone(ex);
		}
	}

	/**
	 * Runs a command as user {@code app} in {@code /srv/app} and waits for its end, three
	 * minutes at most.
	 * @param command the command and its arguments; no shell looks at them
	 * @return the exit status and all lines
	 * @throws LabException if the command takes too long or the server is gone; a command
	 * that fails is no error here, see {@link Execution#orThrow()}
	 */
	public Execution exec(String... command) {
		return exec((line) -> {
		}, command);
	}

	/**
	 * Runs a command as user {@code app} in {@code /srv/app} and waits for its end, three
	 * minutes at most.
	 * @param lines gets each line of stdout and stderr as it comes, without its line end,
	 * on another thread
	 * @param command the command and its arguments; no shell looks at them
	 * @return the exit status and all lines
	 * @throws LabException if the command takes too long or the server is gone; a command
	 * that fails is no error here, see {@link Execution#orThrow()}
	 */
	public Execution exec(Consumer<String> lines, String... command) {
		return exec(DEFAULT_LIMIT, lines, command);
	}

	/**
	 * Runs a command as user {@code app} in {@code /srv/app} and waits for its end.
	 * @param limit how long to wait at most; a command that takes longer is left to
	 * itself
	 * @param lines gets each line of stdout and stderr as it comes, without its line end,
	 * on another thread
	 * @param command the command and its arguments; no shell looks at them
	 * @return the exit status and all lines
	 * @throws LabException if the command takes too long or the server is gone; a command
	 * that fails is no error here, see {@link Execution#orThrow()}
	 */
	public Execution exec(Duration limit, Consumer<String> lines, String... command) {
		return exec(USER, limit, lines, command);
	}

	private Execution exec(String user, Duration limit, Consumer<String> lines, String... command) {
		try (OutputLines output = new OutputLines(lines)) {
			ExecCreateCmdResponse execution = Engine.client()
				.execCreateCmd(this.id)
				.withUser(user)
				.withAttachStdout(true)
				.withAttachStderr(true)
				.withCmd(command)
				.exec();
			Engine.client().execStartCmd(execution.getId()).exec(output);
			if (!output.awaitCompletion(limit.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new LabException("waited %d s for '%s' to end on the %s server, in vain"
					.formatted(limit.toSeconds(), String.join(" ", command), this.stage.name()));
			}
			Long exitCode = Engine.client().inspectExecCmd(execution.getId()).exec().getExitCodeLong();
			if (exitCode == null) {
				throw gone(null);
			}
			return new Execution(List.of(command), exitCode.intValue(), output.lines());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LabException("interrupted while waiting for '%s'".formatted(String.join(" ", command)), ex);
		}
		catch (NotFoundException | ConflictException ex) {
			throw gone(ex);
		}
		catch (IOException ex) {
			throw new LabException("lost the connection to the Docker engine", ex);
		}
	}

	/**
	 * Runs a command as root, which no deploy script may do: to play what happens to a
	 * machine.
	 * @param command the command and its arguments; no shell looks at them
	 * @return the exit status and all lines
	 * @throws LabException if the command takes longer than three minutes or the server
	 * is gone
	 */
	public Execution execAsRoot(String... command) {
		return exec("root", DEFAULT_LIMIT, (line) -> {
		}, command);
	}

	/**
	 * Changes the stage's scripts on this server.
	 * @param variant the change
	 * @throws LabException if the patch does not fit the scripts, or the server is gone
	 */
	public void apply(Variant variant) {
		try {
			if (variant.changesScripts()) {
				exec("patch", "--forward", "--fuzz=0", "--strip=0", "--input",
						Variant.FOLDER + "/" + variant.name() + Variant.ENDING)
					.orThrow();
			}
		}
		catch (IOException ex) {
			throw new LabException("cannot read " + variant.patch(), ex);
		}
	}

	/**
	 * Stops the server and starts it again, as after a power cut that gave it ten seconds
	 * of warning. Its port may be another one afterwards: see {@link #url()}. Returns as
	 * soon as its engine, if it has one, answers.
	 * @throws LabException if the server is gone or its engine does not answer within a
	 * minute
	 */
	public void reboot() {
		try {
			Engine.client().restartContainerCmd(this.id).withTimeout(REBOOT_WARNING_SECONDS).exec();
		}
		catch (NotFoundException ex) {
			throw gone(ex);
		}
		if (this.stage.usesDocker()) {
			awaitEngine();
		}
	}

	/**
	 * What the stage's applications have logged so far.
	 * @return the content of {@code /srv/app/log/*.log}, empty if there is none
	 * @throws LabException if the server is gone
	 */
	public String logs() {
		return exec("sh", "-c", "for log in log/*.log; do [ ! -f \"$log\" ] || cat \"$log\"; done").output();
	}

	/**
	 * Copies the folder {@code /srv/app/log} out of the server, and beside it what the
	 * containers on it have logged.
	 * @param directory where to; created if it does not exist
	 * @return the folder {@code log} in that directory, empty if nothing was logged
	 * @throws LabException if the server is gone or the directory cannot be written
	 */
	public Path collectLogs(Path directory) {
		Path target = directory.toAbsolutePath().normalize();
		exec("sh", "-c", GATHER_LOGS).orThrow();
		try (InputStream tar = Engine.client().copyArchiveFromContainerCmd(this.id, HOME + "/log").exec()) {
			Files.createDirectories(target.resolve("log"));
			Archive.unpack(tar, target);
			return target.resolve("log");
		}
		catch (NotFoundException ex) {
			throw gone(ex);
		}
		catch (IOException ex) {
			throw new LabException("cannot write the server's logs to " + target, ex);
		}
	}

	/**
	 * Removes the server and its volumes; does nothing if it is gone.
	 */
	@Override
	public void close() {
		Engine.remove(this.id);
	}

	@Override
	public String toString() {
		return "LittleServer[%s, %.12s]".formatted(this.stage.name(), this.id);
	}

	private void copyStage() {
		Path archive = null;
		try {
			archive = Files.createTempFile("zero-downtime", ".tar");
			try (Archive tar = new Archive(Files.newOutputStream(archive))) {
				for (Path script : this.stage.scripts()) {
					tar.addScript(script);
				}
				for (Path folder : this.stage.serverFolders()) {
					tar.addContents(folder);
				}
				for (Variant variant : this.stage.variants()) {
					tar.addFile(variant.patch(), Variant.FOLDER + "/" + variant.patch().getFileName());
				}
				tar.addFolder(this.stage.releases());
			}
			try (InputStream tar = Files.newInputStream(archive)) {
				Engine.client().copyArchiveToContainerCmd(this.id).withRemotePath(HOME).withTarInputStream(tar).exec();
			}
		}
		catch (IOException ex) {
			throw new LabException("cannot copy %s onto the server".formatted(this.stage.directory()), ex);
		}
		finally {
			if (archive != null) {
				archive.toFile().delete();
			}
		}
	}

	private void awaitEngine() {
		exec(ENGINE_LIMIT, (line) -> {
		}, "sh", "-c", "until docker version; do sleep 0.1; done >/dev/null 2>&1");
	}

	private LabException gone(@Nullable Throwable cause) {
		return new LabException("the %s server %.12s is gone".formatted(this.stage.name(), this.id), cause);
	}

	/**
	 * Describes a server and starts it.
	 */
	public static final class Builder {

		private final Stage stage;

		private Builder(Stage stage) {
			this.stage = stage;
		}

		/**
		 * Starts a server that lives as long as this JVM. First removes what earlier
		 * sessions of this checkout could not remove themselves.
		 * @return the server, with the stage's scripts and releases on it
		 * @throws LabException if no Docker engine answers, an image is missing, the
		 * stage is not built or the server does not start
		 */
		public LittleServer start() {
			Session.begin();
			removeLeftovers();
			return start(Labels.REHEARSAL);
		}

		/**
		 * Starts a server that stays up when this JVM ends.
		 * @return the server, with the stage's scripts and releases on it
		 * @throws LabException if the stage's server is up already, no Docker engine
		 * answers, an image is missing, the stage is not built or the server does not
		 * start
		 */
		public LittleServer up() {
			find(this.stage).ifPresent((server) -> {
				throw new LabException("%s is up already at %s (to remove it: ./workshop down %1$s)"
					.formatted(this.stage.name(), server.url()));
			});
			// One that a reboot has stopped is no server any more
			Engine.containers(Map.of(Labels.ROLE, Labels.UP, Labels.STAGE, this.stage.name()))
				.stream()
				.map(Container::getId)
				.forEach(Engine::remove);
			return start(Labels.UP);
		}

		private LittleServer start(String role) {
			this.stage.releases();
			LittleServer server = new LittleServer(this.stage, new Box(this.stage, role).start());
			try {
				server.copyStage();
				if (this.stage.usesDocker()) {
					server.awaitEngine();
				}
				return server;
			}
			catch (RuntimeException ex) {
				server.close();
				throw ex;
			}
		}

		private static String session(Container container) {
			return container.getLabels().getOrDefault(Labels.SESSION, "");
		}

		private static void removeLeftovers() {
			List<Container> leftovers = Engine.containers(Map.of(Labels.ROLE, Labels.REHEARSAL))
				.stream()
				.filter((container) -> Session.hasEnded(session(container)))
				.toList();
			leftovers.stream().map(Container::getId).forEach(Engine::remove);
			leftovers.stream().map(Builder::session).forEach(Session::forget);
		}

	}

}
