package dev.zerodowntime.probe.report;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.zerodowntime.probe.Repository;
import dev.zerodowntime.probe.model.DropKind;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The reference page and the schema know what the code knows. */
class ReferenceTest {

	private static final Path ENGLISH = Repository.file("docs/en/reference/probe.md");

	private static final Path KOREAN = Repository.file("docs/ko/reference/probe.md");

	private static final Path SCHEMA = Repository.file("docs/probe-report.schema.json");

	@Test
	void thePageNamesEveryKey() throws IOException {
		List<String> keys = new ArrayList<>();
		collectKeys(ReportReader.mapper().readTree(Files.readString(SCHEMA)), keys);
		assertThat(keys).contains("rate_per_s", "drops_by_kind", "exit_code");
		for (Path language : List.of(ENGLISH, KOREAN)) {
			String page = Files.readString(language);
			assertThat(keys).allMatch((key) -> page.contains("`" + key) || page.contains("." + key + "`"),
					"is on the page " + language);
		}
	}

	@Test
	void thePageNamesEveryMetric() throws IOException {
		List<String> metrics = OpenMetrics.render(Samples.outage().report())
			.lines()
			.filter((line) -> !line.startsWith("#"))
			.map((line) -> line.split("[{ ]")[0])
			.distinct()
			.toList();
		assertThat(metrics).hasSize(12);
		for (Path language : List.of(ENGLISH, KOREAN)) {
			String page = Files.readString(language);
			assertThat(metrics).allMatch((metric) -> page.contains("| `" + metric + "` |"),
					"is on the page " + language);
		}
	}

	@Test
	void thePageAndTheSchemaNameEveryKindOfDrop() throws IOException {
		List<String> kinds = Arrays.stream(DropKind.class.getFields())
			.filter((field) -> Modifier.isStatic(field.getModifiers()))
			.map(ReferenceTest::kind)
			.toList();
		assertThat(kinds).hasSizeGreaterThan(8);
		for (Path language : List.of(ENGLISH, KOREAN)) {
			String page = Files.readString(language);
			assertThat(kinds).allMatch((kind) -> page.contains("| `" + kind + "` |"), "is on the page " + language);
		}
		String schema = Files.readString(SCHEMA);
		assertThat(kinds).allMatch((kind) -> schema.contains("|" + kind + "|") || schema.contains("(" + kind + "|"),
				"is in the schema");
	}

	private static String kind(Field field) {
		try {
			return ((DropKind) field.get(null)).name();
		}
		catch (IllegalAccessException ex) {
			throw new AssertionError(ex);
		}
	}

	private static void collectKeys(JsonNode schema, List<String> keys) {
		schema.properties().forEach((entry) -> {
			if (entry.getKey().equals("properties")) {
				keys.addAll(entry.getValue().propertyNames());
			}
			collectKeys(entry.getValue(), keys);
		});
	}

}
