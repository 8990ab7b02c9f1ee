package dev.zerodowntime.probe.wire;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RotationTest {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			1     | 000000
			1 1   | 010101
			1 1 1 | 012012
			3 1   | 00100010
			5 1 1 | 00102000010200
			""")
	void eachIsSentAsOftenAsItsWeightSaysAndEvenlySpread(String weights, String order) {
		Rotation rotation = new Rotation(List.of(weights.split(" ")).stream().map(Integer::valueOf).toList());
		assertThat(LongStream.range(0, order.length())
			.mapToObj((slot) -> Integer.toString(rotation.at(slot)))
			.collect(Collectors.joining())).isEqualTo(order);
	}

}
