package dev.zerodowntime.probe.report;

import java.util.List;

import dev.zerodowntime.probe.model.CommandResult;
import dev.zerodowntime.probe.model.Judged;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.model.Report;
import dev.zerodowntime.probe.model.Settings;
import dev.zerodowntime.probe.verdict.JudgedData;
import dev.zerodowntime.probe.verdict.ModeReportData;
import dev.zerodowntime.probe.verdict.ReportData;
import dev.zerodowntime.probe.verdict.SettingsData;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/** Reads a report's JSON. The only part of a report that needs Jackson. */
final class ReportReader {

	/** Keys that older versions did not write. A report without them is read as null. */
	private static final List<String> LATER_KEYS = List.of("machine", "requests", "judged", "steady_ms", "settings",
			"format_version");

	private static final List<String> LATER_SETTINGS = List.of("connect_to", "version_header");

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		// The name of a mode is its label
		.enable(EnumFeature.READ_ENUMS_USING_TO_STRING)
		.enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
		.addModule(implementations())
		.build();

	private ReportReader() {
	}

	/**
	 * Reads a report, see {@link JsonReport#parse(String)}.
	 * @throws IllegalArgumentException if it is not a report
	 */
	static Report parse(String json) {
		try {
			JsonNode tree = MAPPER.readTree(json);
			if (tree instanceof ObjectNode keys) {
				LATER_KEYS.forEach((key) -> keys.putIfAbsent(key, MAPPER.nullNode()));
				if (keys.get("settings") instanceof ObjectNode settings) {
					LATER_SETTINGS.forEach((key) -> settings.putIfAbsent(key, MAPPER.nullNode()));
				}
				keys.path("modes").forEach(ReportReader::addLaterKeys);
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

	/** Which record is read where an interface is wanted. */
	@SuppressWarnings({ "unchecked", "rawtypes" })
	private static SimpleModule implementations() {
		Class commandResult = CommandResult.class;
		return new SimpleModule().addAbstractTypeMapping(Report.class, ReportData.class)
			.addAbstractTypeMapping(ModeReport.class, ModeReportData.class)
			.addAbstractTypeMapping(Settings.class, SettingsData.class)
			.addAbstractTypeMapping(Judged.class, JudgedData.class)
			.addAbstractTypeMapping(commandResult, commandResult.getPermittedSubclasses()[0]);
	}

	static JsonMapper mapper() {
		return MAPPER;
	}

}
