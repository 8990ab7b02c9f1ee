package dev.zerodowntime.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One of the steps: a module folder with its deploy scripts and, once built, its
 * releases.
 *
 * @param name what people type, such as {@code step1}
 * @param directory the module's folder, such as {@code step1-downtime-deploy}
 */
public record Stage(String name, Path directory) {

	/**
	 * The system property that names the repository's root; by default it is found by
	 * walking up from the working directory to the folder that holds the file
	 * {@value #ROOT_MARKER}.
	 */
	public static final String ROOT_PROPERTY = "workshop.root";

	private static final String ROOT_MARKER = "workshop";

	/** Says which servers there are, where there are several. */
	private static final String BALANCER = "server/haproxy/haproxy.cfg";

	private static final Pattern MACHINE = Pattern.compile("\\s+server (\\S+) .*");

	/** Makes the releases: it has no place on a server. */
	private static final String BUILD_SCRIPT = "build.sh";

	/**
	 * Finds a stage of this repository: {@code step1} lives in the folder that begins
	 * with {@code step1-}.
	 * @param name the stage's name
	 * @return the stage
	 * @throws LabException if there is no such stage, or no repository around the working
	 * directory
	 */
	public static Stage named(String name) {
		List<Stage> stages = all();
		return stages.stream()
			.filter((stage) -> stage.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new LabException("unknown stage '%s': there is %s".formatted(name,
					stages.stream().map(Stage::name).collect(Collectors.joining(", ")))));
	}

	/**
	 * The stages of this repository, in their order.
	 * @return all stages
	 * @throws LabException if there is no repository around the working directory
	 */
	public static List<Stage> all() {
		return list(root()).stream()
			.filter(Files::isDirectory)
			.filter((folder) -> folder.getFileName().toString().matches("step[1-9][0-9]*-.+"))
			.map((folder) -> new Stage(folder.getFileName().toString().replaceFirst("-.*", ""), folder))
			.toList();
	}

	/**
	 * The scripts that are run on the server.
	 * @return the {@code *.sh} files of the stage's folder, without {@code build.sh}
	 */
	public List<Path> scripts() {
		return list(this.directory).stream()
			.filter((file) -> file.getFileName().toString().endsWith(".sh"))
			.filter((file) -> !file.endsWith(BUILD_SCRIPT))
			.toList();
	}

	/**
	 * What lies on the server beside the scripts.
	 * @return the folders whose contents do: {@code server}, and {@code target/server}
	 * for what only the little server needs
	 */
	public List<Path> serverFolders() {
		return Stream.of("server", "target/server").map(this.directory::resolve).filter(Files::isDirectory).toList();
	}

	/**
	 * The servers behind the stage's load balancer, which is its little server then.
	 * @return their names, as HAProxy's configuration has them; empty without one
	 * @throws LabException if the configuration cannot be read
	 */
	public List<String> machines() {
		Path balancer = this.directory.resolve(BALANCER);
		if (!Files.isRegularFile(balancer)) {
			return List.of();
		}
		try {
			return Files.readAllLines(balancer)
				.stream()
				.map(MACHINE::matcher)
				.filter(Matcher::matches)
				.map((line) -> line.group(1))
				.toList();
		}
		catch (IOException ex) {
			throw new LabException("cannot read " + balancer, ex);
		}
	}

	/**
	 * What lies on each of the {@linkplain #machines() servers}.
	 * @return the folder whose contents do
	 */
	Path machineFolder() {
		return this.directory.resolve("machine");
	}

	/**
	 * Whether the stage ships containers, and its server needs an engine to run them.
	 * @return true if there is a {@code Dockerfile} in the stage's folder, or in its
	 * folder {@code app}
	 */
	public boolean usesDocker() {
		return isBuiltOnServer() || Files.isRegularFile(this.directory.resolve("Dockerfile"));
	}

	/**
	 * Whether what is shipped are commits, and its server needs what builds them.
	 * @return true if there is a folder {@code app} with a {@code Dockerfile}: a
	 * repository by itself
	 */
	public boolean isBuiltOnServer() {
		return Files.isRegularFile(this.directory.resolve("app/Dockerfile"));
	}

	/**
	 * The changes to the stage's scripts that show what goes wrong without one of their
	 * lines.
	 * @return the {@code *.patch} files of the stage's folder {@code variants}, by name
	 */
	public List<Variant> variants() {
		Path folder = this.directory.resolve(Variant.FOLDER);
		if (!Files.isDirectory(folder)) {
			return List.of();
		}
		return list(folder).stream()
			.filter((file) -> file.getFileName().toString().endsWith(Variant.ENDING))
			.map(Variant::in)
			.toList();
	}

	/**
	 * Finds a variant.
	 * @param variant its name
	 * @return the variant
	 * @throws LabException if the stage has no such variant
	 */
	public Variant variant(String variant) {
		List<Variant> variants = variants();
		return variants.stream()
			.filter((each) -> each.name().equals(variant))
			.findFirst()
			.orElseThrow(() -> new LabException(
					"%s has no variant '%s': there is %s".formatted(this.name, variant, variants.isEmpty() ? "none"
							: variants.stream().map(Variant::name).collect(Collectors.joining(", ")))));
	}

	/**
	 * The folder that holds a folder for each release.
	 * @return {@code target/releases}
	 * @throws LabException if the stage is not built
	 */
	public Path releases() {
		Path releases = this.directory.resolve("target/releases");
		if (!Files.isDirectory(releases)) {
			throw new LabException(
					"%s is not built: ./mvnw package -pl %s -am".formatted(this.name, this.directory.getFileName()));
		}
		return releases;
	}

	/**
	 * The repository's root, see {@link #ROOT_PROPERTY}.
	 * @return an absolute path
	 * @throws LabException if there is no repository around the working directory
	 */
	public static Path root() {
		String property = System.getProperty(ROOT_PROPERTY);
		if (property != null) {
			return Path.of(property).toAbsolutePath();
		}
		Path start = Path.of("").toAbsolutePath();
		for (Path folder = start; folder != null; folder = folder.getParent()) {
			if (Files.isRegularFile(folder.resolve(ROOT_MARKER))) {
				return folder;
			}
		}
		throw new LabException("no folder from %s upwards holds the file '%s': go to the repository, or set -D%s"
			.formatted(start, ROOT_MARKER, ROOT_PROPERTY));
	}

	private static List<Path> list(Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.sorted().toList();
		}
		catch (IOException ex) {
			throw new LabException("cannot read the folder " + folder, ex);
		}
	}

}
