package dev.zerodowntime.probe.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.zerodowntime.probe.Report;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * The report for programs. {@code docs/probe-report.schema.json} describes every key. All
 * keys are always written; one with nothing to say is {@code null}. Numbers have at most
 * three decimals.
 */
public final class JsonReport {

	private static final int DECIMALS = 3;

	/** Keys that older versions did not write. A report without them is read as null. */
	private static final List<String> LATER_KEYS = List.of("machine", "requests", "judged", "steady_ms", "settings",
			"format_version");

	private static final List<String> LATER_SETTINGS = List.of("connect_to", "version_header");

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		// a mode is called by its label
		.enable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
		.enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
		.addModule(new SimpleModule().addSerializer(Double.class, new RoundedSerializer())
			.addSerializer(Double.TYPE, new RoundedSerializer()))
		.enable(SerializationFeature.INDENT_OUTPUT)
		.defaultPrettyPrinter(prettyPrinter())
		.build();

	private JsonReport() {
	}

	/**
	 * Renders a report.
	 * @param report the verdict
	 * @return JSON, ending with a newline
	 */
	public static String render(Report report) {
		return MAPPER.writeValueAsString(report) + "\n";
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
	 */
	public static Report parse(String json) {
		try {
			JsonNode tree = MAPPER.readTree(json);
			if (tree instanceof ObjectNode keys) {
				LATER_KEYS.forEach((key) -> keys.putIfAbsent(key, MAPPER.nullNode()));
				if (keys.get("settings") instanceof ObjectNode settings) {
					LATER_SETTINGS.forEach((key) -> settings.putIfAbsent(key, MAPPER.nullNode()));
				}
				keys.path("modes").forEach(JsonReport::addLaterKeys);
			}
			Report report = MAPPER.treeToValue(tree, Report.class);
			if (report == null) {
				throw new IllegalArgumentException("not a report of the probe: it is empty");
			}
			return report;
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("not a report of the probe: " + ex.getOriginalMessage(), ex);
		}
	}

	private static void addLaterKeys(JsonNode mode) {
		if (mode instanceof ObjectNode keys) {
			keys.putIfAbsent("unsent", MAPPER.getNodeFactory().numberNode(0));
			keys.putIfAbsent("blind", MAPPER.createArrayNode());
		}
	}

	static JsonMapper mapper() {
		return MAPPER;
	}

	private static DefaultPrettyPrinter prettyPrinter() {
		DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
		return new DefaultPrettyPrinter(Separators.createDefaultInstance().withObjectNameValueSpacing(Spacing.AFTER))
			.withObjectIndenter(indenter)
			.withArrayIndenter(indenter);
	}

	private static final class RoundedSerializer extends StdSerializer<Double> {

		RoundedSerializer() {
			super(Double.class);
		}

		@Override
		public void serialize(Double value, JsonGenerator generator, SerializationContext context) {
			BigDecimal rounded = BigDecimal.valueOf(value)
				.setScale(DECIMALS, RoundingMode.HALF_UP)
				.stripTrailingZeros();
			generator.writeNumber((rounded.scale() < 0) ? rounded.setScale(0) : rounded);
		}

	}

}
