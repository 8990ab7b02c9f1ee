package dev.zerodowntime.probe.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.zerodowntime.probe.model.Report;

/**
 * The report for programs. {@code docs/probe-report.schema.json} describes every key. All
 * keys are always written; one with nothing to say is {@code null}. Numbers have at most
 * three decimals. Writing needs no library; reading needs Jackson
 * ({@code tools.jackson.core:jackson-databind}), which the reader's project must have.
 */
public final class JsonReport {

	private JsonReport() {
	}

	/**
	 * Renders a report.
	 * @param report the verdict
	 * @return JSON, ending with a newline
	 */
	public static String render(Report report) {
		return Json.indented(report) + "\n";
	}

	/**
	 * Writes a report, replacing an older one at once. Missing directories are made.
	 * @param report the verdict
	 * @param path where to write it
	 * @throws IOException if it cannot be written
	 */
	public static void write(Report report, Path path) throws IOException {
		ReportFile.write(path, render(report));
	}

	/**
	 * Reads a report that this or an older version has written, or a newer one: keys it
	 * does not know are skipped.
	 * @param path the file
	 * @return the verdict
	 * @throws IOException if there is no such file, or it is not a report
	 * @throws IllegalStateException if Jackson is not on the class path
	 */
	public static Report read(Path path) throws IOException {
		try {
			return parse(Files.readString(path));
		}
		catch (IllegalArgumentException ex) {
			throw new IOException(path + " is " + ex.getMessage(), ex);
		}
	}

	/**
	 * Reads a report that this or an older version has written, or a newer one: keys it
	 * does not know are skipped.
	 * @param json its text, from whomever
	 * @return the verdict
	 * @throws IllegalArgumentException if it is not a report
	 * @throws IllegalStateException if Jackson is not on the class path
	 */
	public static Report parse(String json) {
		try {
			return ReportReader.parse(json);
		}
		catch (NoClassDefFoundError ex) {
			throw new IllegalStateException(
					"reading a report needs Jackson: add tools.jackson.core:jackson-databind to the class path", ex);
		}
	}

}
