package dev.zerodowntime.probe.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.model.Slices;

/**
 * The report for the browser: one file that needs no network, with a timeline of the
 * requests, drawn by uPlot, which is part of the probe. It draws
 * {@link Slices#samples()}: all requests of an ordinary run, some of them where there are
 * more.
 */
public final class HtmlReport {

	private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z.]+)}}");

	private HtmlReport() {
	}

	/**
	 * Renders the page.
	 * @param measurement the verdict and its slices
	 * @return HTML
	 */
	public static String render(Measurement measurement) {
		String data = Json.compact(PageData.of(measurement));
		Map<String, String> parts = Map.of("report.css", own("report.css"), "report.js", own("report.js"), "uplot.css",
				own("uplot/uPlot.min.css"), "uplot.js", own("uplot/uPlot.iife.min.js"), "data", inert(data));
		// One pass: nothing that was put in is looked at again.
		return PLACE.matcher(own("report.html"))
			.replaceAll((place) -> Matcher.quoteReplacement(parts.get(place.group(1))));
	}

	/**
	 * Writes the page, replacing an older one at once. Missing directories are made.
	 * @param measurement the verdict and its slices
	 * @param path where to write it
	 * @throws IOException if it cannot be written
	 */
	public static void write(Measurement measurement, Path path) throws IOException {
		ReportFile.write(path, render(measurement));
	}

	/** JSON in which nothing can end or open a tag or a comment. */
	private static String inert(String json) {
		return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
	}

	private static String own(String name) {
		return text(HtmlReport.class.getPackageName().replace('.', '/') + "/" + name);
	}

	private static String text(String resource) {
		try (InputStream in = HtmlReport.class.getClassLoader().getResourceAsStream(resource)) {
			if (in == null) {
				throw new FileNotFoundException("not on the class path: " + resource);
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
