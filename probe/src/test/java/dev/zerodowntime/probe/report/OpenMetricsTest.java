package dev.zerodowntime.probe.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.Reports;
import dev.zerodowntime.probe.model.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class OpenMetricsTest {

	private static final Pattern TYPE = Pattern.compile("# TYPE ([a-z_]+) (counter|gauge|summary)");

	private static final Pattern HELP = Pattern.compile("# HELP ([a-z_]+) \\S.*");

	private static final Pattern SAMPLE = Pattern
		.compile("([a-z_]+)(\\{([a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\]|\\\\[\\\\n\"])*\",?)+})? -?\\d+(\\.\\d+)?");

	static Stream<Measurement> measurements() {
		return Stream.of(Samples.outage(), Samples.nothingLost(), Samples.scattered(), Samples.untrusted(),
				Samples.hostile());
	}

	@Test
	void hasTheNumbersOfTheReport() {
		assertThat(OpenMetrics.render(Samples.outage().report())).contains(
				"zero_downtime_run_info{url=\"http://127.0.0.1:8080/api/version\"} 1\n", "zero_downtime_trusted 1\n",
				"zero_downtime_run_start_timestamp_seconds 1795342530.125\n", "zero_downtime_run_duration_seconds 15\n",
				"zero_downtime_requests_total{mode=\"fresh\",outcome=\"ok\"} 1105\n",
				"zero_downtime_requests_total{mode=\"keep-alive\",outcome=\"lost\"} 395\n",
				"zero_downtime_lost_requests_total{mode=\"fresh\",kind=\"refused\"} 357\n",
				"zero_downtime_answers_total{mode=\"fresh\",version=\"v2\"} 603\n",
				"zero_downtime_downtime_seconds{mode=\"fresh\"} 3.96\n",
				"zero_downtime_longest_outage_seconds{mode=\"fresh\"} 3.96\n",
				"zero_downtime_latency_seconds{mode=\"fresh\",phase=\"run\",quantile=\"0.99\"} 0.017317\n");
		assertThat(OpenMetrics.render(Samples.untrusted().report())).contains("zero_downtime_trusted 0\n");
		assertThat(OpenMetrics.render(Samples.nothingLost().report())).doesNotContain("phase=\"command\"")
			.contains("zero_downtime_longest_outage_seconds{mode=\"fresh\"} 0\n");
	}

	/** The grammar of the format, as far as it is used. */
	@ParameterizedTest
	@MethodSource("measurements")
	void fitsTheFormat(Measurement measurement) {
		String text = OpenMetrics.render(labelled(measurement.report()));
		assertThat(text).endsWith("\n# EOF\n").doesNotContain("\r");
		List<String> lines = List.of(text.split("\n"));
		String family = "";
		Set<String> families = new HashSet<>();
		Set<String> samples = new HashSet<>();
		List<String> wrong = new ArrayList<>();
		for (String line : lines.subList(0, lines.size() - 1)) {
			Matcher type = TYPE.matcher(line);
			Matcher help = HELP.matcher(line);
			Matcher sample = SAMPLE.matcher(line);
			if (type.matches()) {
				family = type.group(1);
				assertThat(families.add(family)).as("one group for " + family).isTrue();
			}
			else if (!(help.matches() && help.group(1).equals(family))
					&& !(sample.matches() && sample.group(1).replaceAll("_total$", "").equals(family)
							&& samples.add(line.substring(0, line.lastIndexOf(' '))))) {
				wrong.add(line);
			}
		}
		assertThat(wrong).isEmpty();
		assertThat(samples).hasSizeGreaterThan(10);
	}

	@Test
	void aLabelOfTheRunIsALabel() {
		assertThat(OpenMetrics.render(labelled(Samples.scattered().report())))
			.contains("label_commit=\"1a\\\"2\\\\b\\n\"", "label_my_own=\"x\"");
	}

	@Test
	void writesAFile(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("made/probe.prom");
		OpenMetrics.write(Samples.outage().report(), file);
		assertThat(Files.readString(file)).isEqualTo(OpenMetrics.render(Samples.outage().report()));
	}

	private static Report labelled(Report report) {
		return Reports.report(report.url(), report.ratePerS(), report.startedAt(), report.durationMs(),
				report.trusted(), report.problems(), report.warmup(), report.modes(), report.events(), report.command(),
				Map.of("commit", "1a\"2\\b\n", "my.own", "x"));
	}

}
