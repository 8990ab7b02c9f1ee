package dev.zerodowntime.probe.cli;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DurationConverterTest {

	private final DurationConverter converter = new DurationConverter();

	@ParameterizedTest
	@CsvSource({ "500ms, PT0.5S", "1.5m, PT90S", "2h, PT2H", "8784h, PT8784H" })
	void aTimeHasAUnit(String text, Duration time) {
		assertThat(this.converter.convert(text)).isEqualTo(time);
	}

	@ParameterizedTest
	@ValueSource(strings = { "8785h", "3000000h", "5200000h", "999999999h" })
	void aTimeIsNoLongerThanAYear(String text) {
		assertThatExceptionOfType(TypeConversionException.class).isThrownBy(() -> this.converter.convert(text))
			.withMessage("'" + text + "' is longer than a year");
	}

	@Test
	void aNumberAloneIsNoTime() {
		assertThatExceptionOfType(TypeConversionException.class).isThrownBy(() -> this.converter.convert("5"))
			.withMessageContaining("not a time");
	}

}
