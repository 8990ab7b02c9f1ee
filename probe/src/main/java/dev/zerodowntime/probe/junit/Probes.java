package dev.zerodowntime.probe.junit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.Probe;
import dev.zerodowntime.probe.ProbeBuilder;
import dev.zerodowntime.probe.report.HtmlReport;
import dev.zerodowntime.probe.report.JsonReport;

/**
 * Makes probes in a test, and writes a report of each of their measurements. A test gets
 * it as a parameter, see {@link ProbeExtension}. Thread-safe.
 */
public final class Probes {

	private static final System.Logger LOGGER = System.getLogger(Probes.class.getName());

	private final Supplier<Path> folders;

	private final List<Path> reports = new CopyOnWriteArrayList<>();

	Probes(Supplier<Path> folders) {
		this.folders = folders;
	}

	/**
	 * Begins to describe a probe, as {@link Probe#to(URI)} does.
	 * @param url an absolute {@code http} or {@code https} URL, such as
	 * {@code "http://localhost:" + port + "/"}
	 * @return a builder with the defaults of the probe
	 * @throws IllegalArgumentException if it is another kind of URL
	 */
	public ProbeBuilder to(String url) {
		return to(URI.create(url));
	}

	/**
	 * Begins to describe a probe, as {@link Probe#to(URI)} does.
	 * @param url an absolute {@code http} or {@code https} URL
	 * @return a builder with the defaults of the probe
	 * @throws IllegalArgumentException if it is another kind of URL
	 */
	public ProbeBuilder to(URI url) {
		return Probe.to(url).onMeasurement(this::write);
	}

	/**
	 * Returns where the reports of this test are.
	 * @return the HTML files written so far, in order; a {@code report.json} is beside
	 * each
	 */
	public List<Path> reports() {
		return List.copyOf(this.reports);
	}

	/** The measurement is what counts: that it cannot be written does not fail a test. */
	private void write(Measurement measurement) {
		Path folder = this.folders.get();
		try {
			JsonReport.write(measurement.report(), folder.resolve("report.json"));
			Path page = folder.resolve("report.html").toAbsolutePath();
			HtmlReport.write(measurement, page);
			this.reports.add(page);
		}
		catch (IOException ex) {
			LOGGER.log(System.Logger.Level.WARNING, "cannot write the probe's report: " + ex.getMessage());
		}
	}

}
