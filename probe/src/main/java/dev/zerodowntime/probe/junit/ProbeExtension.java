package dev.zerodowntime.probe.junit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Gives tests a parameter of type {@link Probes}. The report of every measurement is
 * written, as JSON and as a page for the browser; when a test fails, its stack trace
 * names the page.
 *
 * <pre>
 * &#64;ExtendWith(ProbeExtension.class)
 * class DeploymentTest {
 *
 *     &#64;Test
 *     void losesNoRequest(Probes probes) throws Exception {
 *         Measurement measurement = probes.to("http://localhost:8080/").rate(50).build().around(() -&gt; deploy("v2"));
 *         assertThat(measurement).lostNothing();
 *     }
 *
 * }
 * </pre>
 *
 * The reports are in {@code target/probe-reports/CLASS/METHOD/}, or in {@code build/...}
 * in a folder with a Gradle build script; the second measurement of a method is in
 * {@code METHOD-2/}. The JUnit configuration parameter {@value #DIRECTORY} names another
 * directory than {@code target/probe-reports}.
 */
public final class ProbeExtension implements ParameterResolver, TestExecutionExceptionHandler {

	/** The configuration parameter for the directory of the reports. */
	public static final String DIRECTORY = "probe.reports.directory";

	private static final Namespace NAMESPACE = Namespace.create(ProbeExtension.class);

	/** How many measurements each method has had, repetitions included. */
	private static final Map<Path, Integer> MEASUREMENTS = new ConcurrentHashMap<>();

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Probes.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		Store store = store(context);
		Probes probes = store.get(context.getUniqueId(), Probes.class);
		if (probes == null) {
			probes = new Probes(() -> nextFolder(context));
			store.put(context.getUniqueId(), probes);
		}
		return probes;
	}

	@Override
	public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
		Probes probes = store(context).get(context.getUniqueId(), Probes.class);
		if (probes != null) {
			probes.reports().forEach((report) -> failure.addSuppressed(new WrittenReport(report)));
		}
		throw failure;
	}

	private static Store store(ExtensionContext context) {
		return context.getStore(NAMESPACE);
	}

	private static Path nextFolder(ExtensionContext context) {
		Path folder = context.getConfigurationParameter(DIRECTORY)
			.map(Path::of)
			.orElseGet(ProbeExtension::defaultDirectory)
			.resolve(context.getRequiredTestClass().getName())
			.resolve(context.getTestMethod().map((method) -> method.getName()).orElse("class"));
		int number = MEASUREMENTS.merge(folder, 1, Integer::sum);
		return (number == 1) ? folder : folder.resolveSibling(folder.getFileName() + "-" + number);
	}

	private static Path defaultDirectory() {
		boolean gradle = Files.exists(Path.of("build.gradle")) || Files.exists(Path.of("build.gradle.kts"));
		return Path.of(gradle ? "build" : "target", "probe-reports");
	}

	/** Shows in a stack trace where the report is. */
	private static final class WrittenReport extends RuntimeException {

		private static final long serialVersionUID = 1L;

		WrittenReport(Path report) {
			super("what the probe measured is in " + report, null, false, false);
		}

		@Override
		public String toString() {
			return getMessage();
		}

	}

}
