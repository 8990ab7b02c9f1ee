package dev.zerodowntime.probe;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample project, which is outside of this build, with the probe from a Maven
 * repository: built and tested by a Maven of its own, without a network.
 */
class SampleProjectIT {

	private static final Path TARGET = Repository.file("probe/target");

	private static final Path SAMPLE = TARGET.resolve("sample");

	private static final Path REPOSITORY = TARGET.resolve("sample-repository");

	private static final int MAX_ATTEMPTS = 3;

	private static String output = "";

	@BeforeAll
	static void build() throws Exception {
		// Before 3.9 Maven has one local repository only
		Assumptions.assumeFalse(System.getProperty("maven.version").startsWith("3.8."));
		delete(SAMPLE);
		delete(REPOSITORY);
		copy(Repository.file("probe/src/it/sample"), SAMPLE);
		install();
		int exit = runMaven(TARGET.resolve("sample.log"));
		for (int attempt = 1; exit != 0 && attempt < MAX_ATTEMPTS && mayBeRepeated(); attempt++) {
			System.out.printf("attempt %d of %d is repeated, a run cannot be trusted%n", attempt, MAX_ATTEMPTS);
			exit = runMaven(TARGET.resolve("sample.log"));
		}
		assertThat(exit).as(output).isZero();
	}

	private static int runMaven(Path log) throws Exception {
		Process maven = new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		try {
			assertThat(maven.waitFor(80, TimeUnit.SECONDS)).as("Maven ended, see " + log).isTrue();
		}
		finally {
			maven.descendants().forEach(ProcessHandle::destroyForcibly);
			maven.destroyForcibly();
		}
		output = Files.readString(log);
		return maven.exitValue();
	}

	/** A run that cannot be trusted may be repeated, one that lost a request may not. */
	private static boolean mayBeRepeated() {
		return output.contains("UntrustedError") && output.lines()
			.noneMatch((line) -> line.contains("aSwitchLosesNoRequest") && line.contains(" lost "));
	}

	@AfterAll
	static void keepNoRepository() throws IOException {
		delete(REPOSITORY);
	}

	@Test
	void itsTestsMeasure() {
		assertThat(output).contains("Tests run: 2, Failures: 0");
	}

	@Test
	void theProbeBringsHdrHistogramAndNothingElse() throws IOException {
		assertThat(Files.readString(SAMPLE.resolve("target/classpath.txt")).strip().split(File.pathSeparator))
			.extracting((jar) -> Path.of(jar).getFileName().toString())
			.filteredOn((jar) -> !jar.matches("(junit-|opentest4j|apiguardian|jspecify).*"))
			.allMatch((jar) -> jar.matches("(probe|HdrHistogram)-.*\\.jar"))
			.hasSize(2);
	}

	@Test
	void itsReportsAreKept() {
		Path reports = SAMPLE.resolve("target/probe-reports/sample.DeploymentTest");
		for (String test : List.of("aSwitchLosesNoRequest", "aRestartLosesRequests")) {
			assertThat(reports.resolve(test).resolve("report.html")).content().contains("uPlot");
			assertThat(reports.resolve(test).resolve("report.json")).content().contains("\"rate_per_s\"");
		}
	}

	private static List<String> command() {
		boolean windows = System.getProperty("os.name").startsWith("Windows");
		return List.of(Path.of(System.getProperty("maven.home"), "bin", windows ? "mvn.cmd" : "mvn").toString(), "-o",
				"-B", "-ntp", "-f", SAMPLE.resolve("pom.xml").toString(), "-Dmaven.repo.local=" + REPOSITORY,
				"-Dmaven.repo.local.tail=" + System.getProperty("maven.repository"),
				"-Dmaven.repo.local.tail.ignoreAvailability=true", "-Dmdep.outputFile=target/classpath.txt", "test",
				"dependency:build-classpath");
	}

	/** What the goal install does. The plugin is not there where only verify is run. */
	private static void install() throws IOException {
		String version = System.getProperty("project.version");
		Path group = REPOSITORY.resolve("dev/zerodowntime");
		Path parent = Files.createDirectories(group.resolve("zero-downtime").resolve(version));
		Files.copy(Repository.file("pom.xml"), parent.resolve("zero-downtime-" + version + ".pom"));
		Path probe = Files.createDirectories(group.resolve("probe").resolve(version));
		String name = "probe-" + version;
		Files.copy(Repository.file("probe/pom.xml"), probe.resolve(name + ".pom"));
		Files.copy(TARGET.resolve(name + ".jar"), probe.resolve(name + ".jar"));
	}

	private static void copy(Path from, Path to) throws IOException {
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : files.toList()) {
				Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
			}
		}
	}

	private static void delete(Path folder) throws IOException {
		if (Files.exists(folder)) {
			try (Stream<Path> files = Files.walk(folder)) {
				for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
					Files.delete(file);
				}
			}
		}
	}

}
