package dev.zerodowntime.probe.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.model.Slices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class HtmlReportTest {

	private static final Pattern DATA = Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>",
			Pattern.DOTALL);

	@Test
	void showsEveryAnswerOfAnOrdinaryRun() {
		JsonNode data = data(HtmlReport.render(Samples.outage()));
		assertThat(data.get("report").get("url").stringValue()).isEqualTo("http://127.0.0.1:8080/api/version");
		JsonNode fresh = data.get("charts").get(0);
		assertThat(fresh.get("mode").stringValue()).isEqualTo("fresh");
		assertThat(fresh.get("ok_at").size()).isEqualTo(1105);
		assertThat(fresh.get("lost_at").size()).isEqualTo(395);
		assertThat(fresh.get("lost_kind").get(0).stringValue()).isEqualTo("reset");
		assertThat(fresh.get("ok_version").get(0).stringValue()).isEqualTo("v1");
	}

	@Test
	void needsNoNetwork() {
		String page = HtmlReport.render(Samples.outage());
		assertThat(page).contains("uPlot=function").contains("default-src 'none'");
		assertThat(page).doesNotContainPattern("(src|href)=").doesNotContain("@import").doesNotContain("{{");
	}

	@Test
	void letsNoTextFromOutsideBreakOut() {
		Measurement hostile = Samples.hostile();
		String page = HtmlReport.render(hostile);
		String safe = HtmlReport.render(Samples.outage());
		assertThat(count(page, "<script")).isEqualTo(count(safe, "<script"));
		assertThat(count(page, "</script")).isEqualTo(count(safe, "</script")).isEqualTo(3);
		assertThat(page).doesNotContain("alert(1)</script>").contains("${x} {{data}} @data@");
		assertThat(data(page).get("report").get("url").stringValue()).isEqualTo(hostile.report().url());
		assertThat(data(page).get("report").get("events").get(0).get("name").stringValue())
			.isEqualTo(hostile.report().events().get(0).name());
	}

	@Test
	void drawsSomeOfManyRequestsOfEachKind() {
		Measurement large = Samples.large(60_000);
		for (JsonNode chart : data(HtmlReport.render(large)).get("charts")) {
			assertThat(chart.get("lost_at").size()).isEqualTo(5_999);
			assertThat(chart.get("ok_at").size()).isBetween(Slices.MAX_SAMPLES / 2, Slices.MAX_SAMPLES)
				.isEqualTo(chart.get("ok_ms").size());
		}
	}

	@Test
	void writesOneFile(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("site/report.html");
		HtmlReport.write(Samples.nothingLost(), file);
		assertThat(Files.readString(file)).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
		assertThat(file.getParent()).isDirectoryContaining("glob:**report.html");
	}

	private static JsonNode data(String page) {
		Matcher data = DATA.matcher(page);
		assertThat(data.find()).isTrue();
		return ReportReader.mapper().readTree(data.group(1));
	}

	private static long count(String text, String part) {
		return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
	}

}
