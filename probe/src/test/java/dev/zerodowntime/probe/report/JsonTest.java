package dev.zerodowntime.probe.report;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.zerodowntime.probe.model.ConnectionMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JsonTest {

	@Test
	void writesARecordInSnakeCase() {
		assertThat(Json.compact(new Found(1.23456, 2L, null, Instant.EPOCH, ConnectionMode.KEEP_ALIVE)))
			.isEqualTo("{\"rate_per_s\":1.235,\"p99_ms\":2,\"steady_ms\":null,"
					+ "\"started_at\":\"1970-01-01T00:00:00Z\",\"mode\":\"keep-alive\"}");
	}

	@Test
	void indentsByTwo() {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("a", List.of(1, true));
		map.put("b", List.of());
		map.put("c", Map.of());
		assertThat(Json.indented(map)).isEqualTo("""
				{
				  "a": [
				    1,
				    true
				  ],
				  "b": [],
				  "c": {}
				}""");
	}

	@Test
	void numbersAreShortAndNeverWithAnExponent() {
		assertThat(Json.compact(List.of(100.0, 33.333333, 0.0004, -0.0, 1e9, 12_345_678.9)))
			.isEqualTo("[100,33.333,0,0,1000000000,12345678.9]");
	}

	@Test
	void anyTextIsReadBackAsItWas() {
		for (String text : List.of("\"\\/\b\f\n\r\t", "\u0000\u001f\u007f\u2028", "리포트 \uD83D\uDE00 </script>")) {
			assertThat(JsonMapper.shared().readTree(Json.compact(List.of(text))).get(0).stringValue()).isEqualTo(text);
		}
		assertThat(Json.compact(List.of("\uD83D"))).isEqualTo("[\"\\ud83d\"]");
		assertThat(Json.compact(List.of("\uD83D\uDE00"))).isEqualTo("[\"\uD83D\uDE00\"]");
	}

	@Test
	void anotherTypeIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Json.compact(List.of(new Object())))
			.withMessage("not written as JSON: class java.lang.Object");
	}

	record Found(double ratePerS, long p99Ms, @Nullable Long steadyMs, Instant startedAt, ConnectionMode mode) {

	}

}
