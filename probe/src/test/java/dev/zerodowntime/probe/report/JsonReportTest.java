package dev.zerodowntime.probe.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.Reports;
import dev.zerodowntime.probe.Repository;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.Machine;
import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.model.Report;
import dev.zerodowntime.probe.model.RequestReport;
import dev.zerodowntime.probe.model.Settings;
import dev.zerodowntime.probe.model.Slices;
import dev.zerodowntime.probe.model.Warmup;
import dev.zerodowntime.probe.verdict.JudgedData;
import dev.zerodowntime.probe.verdict.SettingsData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JsonReportTest {

	private static final Path SCHEMA = Repository.file("docs/probe-report.schema.json");

	/** Objects whose keys are data. */
	private static final Set<String> MAPS = Set.of("modes", "labels", "drops_by_kind", "versions");

	@TempDir
	private Path directory;

	static Stream<Measurement> measurements() {
		return Stream.of(Samples.outage(), Samples.nothingLost(), Samples.scattered(), Samples.untrusted(),
				Samples.hostile(), nothingSent(), withSettings());
	}

	@ParameterizedTest
	@MethodSource("measurements")
	void fitsItsSchema(Measurement measurement) throws IOException {
		assertThat(complaints(JsonReport.render(measurement.report()))).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("measurements")
	void readsBackWhatItWrote(Measurement measurement) throws IOException {
		Path file = this.directory.resolve("report.json");
		JsonReport.write(measurement.report(), file);
		assertThat(JsonReport.read(file)).isEqualTo(measurement.report());
	}

	@Test
	void usesTheKeysThatArePromised() {
		JsonNode json = ReportReader.mapper().readTree(JsonReport.render(Samples.outage().report()));
		assertThat(json.propertyNames()).contains("url", "rate_per_s", "started_at", "trusted", "modes", "events");
		assertThat(json.get("modes").propertyNames()).containsExactly("fresh", "keep-alive");
		JsonNode fresh = json.get("modes").get("fresh");
		assertThat(fresh.propertyNames()).contains("sent", "ok", "dropped", "drops_by_kind", "outages", "downtime_ms",
				"latency_ms", "late_slots", "versions");
		assertThat(fresh.get("latency_ms").propertyNames()).containsExactly("p50", "p99", "max");
		assertThat(fresh.get("outages").get(0).propertyNames()).containsExactly("from_ms", "to_ms", "dropped");
		assertThat(json.get("events").get(0).toString()).isEqualTo("{\"at_ms\":5000,\"name\":\"deploy v2\"}");
	}

	@Test
	void writesTimesAsIso8601AndNumbersShort() {
		assertThat(JsonReport.render(Samples.outage().report()))
			.contains("\"started_at\": \"2026-11-22T10:15:30.125Z\"")
			.contains("\"rate_per_s\": 100,")
			.contains("\"p50\": 0.1,")
			.contains("\"refused\": 357")
			.contains("\"downtime_ms\": 3960")
			.doesNotContain("\r")
			.endsWith("}\n");
		assertThat(JsonReport.render(withRate(100.0 / 3))).contains("\"rate_per_s\": 33.333,");
		assertThat(JsonReport.render(withRate(2000))).contains("\"rate_per_s\": 2000,");
	}

	@Test
	void keepsEveryKeyAndWritesNullWhereThereIsNothingToSay() {
		JsonNode json = ReportReader.mapper().readTree(JsonReport.render(Samples.scattered().report()));
		assertThat(json.get("command").isNull()).isTrue();
		assertThat(json.get("modes").get("keep-alive").get("baseline_latency_ms").isNull()).isTrue();
	}

	@Test
	void theSchemaRejectsWrongTypesAndMissingKeys() throws IOException {
		String json = JsonReport.render(Samples.outage().report());
		assertThat(complaints(json.replace("\"downtime_ms\"", "\"down_time\""))).isNotEmpty();
		assertThat(complaints(json.replace("\"trusted\": true", "\"trusted\": 1"))).isNotEmpty();
		assertThat(complaints(json.replace("\"keep-alive\"", "\"KEEP_ALIVE\""))).isNotEmpty();
	}

	@ParameterizedTest
	@MethodSource("measurements")
	void theSchemaDescribesEveryKeyThatIsWritten(Measurement measurement) throws IOException {
		JsonNode schema = ReportReader.mapper().readTree(Files.readString(SCHEMA));
		assertThat(undescribed("", schema)).isEmpty();
		close(schema);
		assertThat(complaints(schema.toString(), JsonReport.render(measurement.report()))).isEmpty();
		assertThat(complaints(schema.toString(), withNewKeys(measurement.report()))).isNotEmpty();
	}

	@ParameterizedTest
	@MethodSource("measurements")
	void aReportWithKeysOfALaterVersionIsReadAndFitsTheSchema(Measurement measurement) throws IOException {
		String later = withNewKeys(measurement.report());
		assertThat(complaints(later)).isEmpty();
		assertThat(JsonReport.parse(later)).isEqualTo(measurement.report());
	}

	@Test
	void aReportOfAnOlderVersionIsReadAndFitsTheSchema() throws IOException {
		String old = new String(
				Objects.requireNonNull(getClass().getResourceAsStream("report-before-machine.json")).readAllBytes(),
				StandardCharsets.UTF_8);
		assertThat(old).doesNotContain("\"machine\"");
		assertThat(complaints(old)).isEmpty();
		Report report = JsonReport.parse(old);
		assertThat(report.machine()).isNull();
		assertThat(report.totalDropped()).isEqualTo(5);
		assertThat(JsonReport.parse(JsonReport.render(report))).isEqualTo(report);
	}

	@Test
	void settingsOfAnOlderVersionAreRead() throws IOException {
		ObjectNode json = (ObjectNode) ReportReader.mapper().readTree(JsonReport.render(withSettings().report()));
		((ObjectNode) json.get("settings")).remove(List.of("connect_to", "version_header"));
		assertThat(complaints(json.toString())).isEmpty();
		Settings settings = JsonReport.parse(json.toString()).settings();
		assertThat(settings.connectTo()).isNull();
		assertThat(settings.versionHeader()).isNull();
		assertThat(settings.timeoutMs()).isEqualTo(2000);
	}

	@Test
	void aReportWithoutAKeyThatWasAlwaysThereIsNone() {
		String json = JsonReport.render(Samples.outage().report());
		assertThatIllegalArgumentException().isThrownBy(() -> JsonReport.parse(json.replace("\"events\"", "\"x\"")))
			.withMessageContaining("events");
	}

	@Test
	void makesMissingDirectoriesAndLeavesNoDraft() throws IOException {
		Path file = this.directory.resolve("a/b c/리포트.json");
		JsonReport.write(Samples.outage().report(), file);
		JsonReport.write(Samples.scattered().report(), file);
		assertThat(JsonReport.read(file)).isEqualTo(Samples.scattered().report());
		assertThat(file.getParent()).isDirectoryContaining("glob:**리포트.json");
		assertThat(file.getParent().toFile().list()).hasSize(1);
	}

	@Test
	void writesThroughALinkInsteadOfReplacingIt() throws IOException {
		Path target = Files.createFile(this.directory.resolve("target.json"));
		Path link = Files.createSymbolicLink(this.directory.resolve("link.json"), target);
		JsonReport.write(Samples.outage().report(), link);
		assertThat(link).isSymbolicLink();
		assertThat(JsonReport.read(target)).isEqualTo(Samples.outage().report());
	}

	@Test
	void saysInOneLineWhyItCannotWrite() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));
		assertThatIOException().isThrownBy(() -> ReportFile.check(this.directory))
			.withMessage(this.directory + " is a directory, a report needs a file name");
		assertThatIOException().isThrownBy(() -> ReportFile.check(file.resolve("report.json")))
			.withMessageStartingWith("cannot write " + file.resolve("report.json"))
			.withMessageEndingWith("file is not a directory");
	}

	@Test
	void saysInOneLineThatAFileIsNoReport() throws IOException {
		Path file = Files.writeString(this.directory.resolve("other.json"), "{\"url\": \"x\"}");
		assertThatIOException().isThrownBy(() -> JsonReport.read(file))
			.withMessageStartingWith(file + " is not a report of the probe: ");
		Files.writeString(file, "<html>");
		assertThatIOException().isThrownBy(() -> JsonReport.read(file))
			.withMessageStartingWith(file + " is not a report of the probe: ");
	}

	private static Measurement nothingSent() {
		ModeReport nothing = Reports.mode(0, 0, 0, Map.of(), List.of(), 0, null, null, null, 0, null, Map.of(), null);
		return new Measurement(Reports.report("http://127.0.0.1:1/", 0.5, Samples.STARTED, 0, false,
				List.of("only 0 requests were sent"), new Warmup(0, 0), Map.of(ConnectionMode.FRESH, nothing),
				List.of(), null, Map.of()), Slices.of(List.of()));
	}

	/** As the probe writes it. */
	private static Measurement withSettings() {
		Report report = Samples.scattered().report();
		return new Measurement(Reports.report(report.url(), report.ratePerS(), report.startedAt(), report.durationMs(),
				true, List.of(), report.warmup(), report.modes(), report.events(), null, Map.of(),
				new Machine(1L, null), List.of(new RequestReport("GET /", 7, 1)),
				new JudgedData("switched", null, 0, 0, null), 7000L,
				new SettingsData("GET", 2000, "200-299,304", null, false, 2000, 250, "127.0.0.1:81", "X-Build"),
				Report.FORMAT_VERSION), Slices.of(List.of()));
	}

	private static Report withRate(double ratePerS) {
		Report report = Samples.scattered().report();
		return Reports.report(report.url(), ratePerS, report.startedAt(), report.durationMs(), report.trusted(),
				report.problems(), report.warmup(), report.modes(), report.events(), report.command(), Map.of());
	}

	private static List<Error> complaints(String json) throws IOException {
		return complaints(Files.readString(SCHEMA), json);
	}

	private static List<Error> complaints(String schema, String json) {
		return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(schema, InputFormat.JSON)
			.validate(json, InputFormat.JSON);
	}

	/** Makes every object of the schema that has properties reject all others. */
	private static void close(JsonNode schema) {
		if (schema instanceof ObjectNode object && object.has("properties") && object.has("type")) {
			object.put("additionalProperties", false);
		}
		schema.forEach(JsonReportTest::close);
	}

	/** As a later version may write it: a key more in every object that is no map. */
	private static String withNewKeys(Report report) {
		JsonNode json = ReportReader.mapper().readTree(JsonReport.render(report));
		addKeys("", json);
		return json.toString();
	}

	private static void addKeys(String name, JsonNode json) {
		json.properties().forEach((entry) -> addKeys(entry.getKey(), entry.getValue()));
		if (json.isArray()) {
			json.forEach((each) -> addKeys(name, each));
		}
		if (json instanceof ObjectNode object && !MAPS.contains(name)) {
			object.put("added_later", 1);
		}
	}

	/** Where the schema has a property without a description. */
	private static List<String> undescribed(String path, JsonNode schema) {
		List<String> found = new ArrayList<>();
		schema.properties().forEach((entry) -> {
			String here = path + "/" + entry.getKey();
			if (path.endsWith("/properties") && !entry.getValue().has("description")) {
				found.add(here);
			}
			found.addAll(undescribed(here, entry.getValue()));
		});
		return found;
	}

}
