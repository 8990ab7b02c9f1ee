package dev.zerodowntime.probe.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 500ms}, {@code 30s}, {@code 1.5m} or {@code 2h}. */
final class DurationConverter implements ITypeConverter<Duration> {

	private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(ms|s|m|h)");

	private static final Map<String, Long> NANOS = Map.of("ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L,
			"h", 3_600_000_000_000L);

	private static final BigDecimal MAX = BigDecimal.valueOf(Duration.ofDays(366).toNanos());

	@Override
	public Duration convert(String value) {
		Matcher matcher = FORM.matcher(value);
		if (!matcher.matches()) {
			throw new TypeConversionException("'" + value + "' is not a time such as 500ms, 30s, 2m or 1h");
		}
		BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(NANOS.get(matcher.group(2))));
		if (nanos.compareTo(MAX) > 0) {
			throw new TypeConversionException("'" + value + "' is longer than a year");
		}
		return Duration.ofNanos(nanos.longValue());
	}

}
