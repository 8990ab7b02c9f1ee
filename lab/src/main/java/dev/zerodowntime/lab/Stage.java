package dev.zerodowntime.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

	/** Holds the name of the folder whose scripts this stage deploys with. */
	private static final String KIT = "kit";

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
	 * The stage whose scripts this one deploys with, if it has none of its own.
	 * @return the stage that the file {@code kit} names
	 * @throws LabException if that cannot be read, or there is no such stage
	 */
	public Optional<Stage> kit() {
		Path kit = this.directory.resolve(KIT);
		if (!Files.isRegularFile(kit)) {
			return Optional.empty();
		}
		try {
			return Optional.of(named(Files.readString(kit).strip().replaceFirst("-.*", "")));
		}
		catch (IOException ex) {
			throw new LabException("cannot read " + kit, ex);
		}
	}

	/**
	 * The scripts that are run on the server.
	 * @return the {@code *.sh} files of the stage's folder, without {@code build.sh};
	 * before them those of its {@link #kit()}
	 */
	public List<Path> scripts() {
		List<Path> scripts = list(this.directory).stream()
			.filter((file) -> file.getFileName().toString().endsWith(".sh"))
			.filter((file) -> !file.endsWith(BUILD_SCRIPT))
			.toList();
		return withKit(Stage::scripts, scripts);
	}

	/**
	 * What lies on the server beside the scripts.
	 * @return the folders whose contents do: {@code server}, and {@code target/server}
	 * for what only the little server needs; before them the folder {@code server} of its
	 * {@link #kit()}, so that a file of the stage's own replaces the kit's
	 */
	public List<Path> serverFolders() {
		List<Path> folders = Stream.of("server", "target/server")
			.map(this.directory::resolve)
			.filter(Files::isDirectory)
			.toList();
		return withKit((kit) -> List.of(kit.directory.resolve("server")), folders);
	}

	private List<Path> withKit(Function<Stage, List<Path>> ofKit, List<Path> own) {
		return Stream.concat(kit().map(ofKit).orElse(List.of()).stream(), own.stream()).toList();
	}

	/**
	 * Whether the stage ships containers, and its server needs an engine to run them.
	 * @return true if there is a {@code Dockerfile} in the stage's folder, in its folder
	 * {@code app}, or in that of its {@link #kit()}
	 */
	public boolean usesDocker() {
		return isBuiltOnServer() || Files.isRegularFile(this.directory.resolve("Dockerfile"))
				|| kit().filter(Stage::usesDocker).isPresent();
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
	 * What a rehearsal's probe requests.
	 * @return the requests of the file {@code src/lab/requests.txt}, each as
	 * {@link dev.zerodowntime.probe.ProbeBuilder#request(String)} takes it, the headers
	 * on lines below it; empty if there is no such file: {@code GET /} then
	 */
	List<String> requests() {
		Path file = this.directory.resolve("src/lab/requests.txt");
		List<String> requests = new ArrayList<>();
		if (Files.isRegularFile(file)) {
			try {
				for (String line : Files.readAllLines(file)) {
					if (line.matches("[^\\s/:]+:.*")) {
						requests.add(requests.remove(requests.size() - 1) + "\n" + line);
					}
					else if (!line.isBlank() && !line.startsWith("#")) {
						requests.add(line);
					}
				}
			}
			catch (IOException ex) {
				throw new LabException("cannot read " + file, ex);
			}
		}
		return requests;
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
