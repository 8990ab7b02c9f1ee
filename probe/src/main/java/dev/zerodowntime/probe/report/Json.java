package dev.zerodowntime.probe.report;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Writes records, maps, lists and values as JSON, so that a report needs no JSON library.
 * A record's components become keys in snake case. Numbers have at most three decimals.
 */
final class Json {

	private static final int DECIMALS = 3;

	private static final int FIRST_PRINTABLE = 0x20;

	private final StringBuilder text = new StringBuilder();

	private final boolean indented;

	private int depth;

	private Json(boolean indented) {
		this.indented = indented;
	}

	/**
	 * Writes a value with two spaces for each level and {@code \n} as line end.
	 * @param value a record, map, list or value
	 * @return JSON without a line end at its end
	 * @throws IllegalArgumentException if it contains a value of another type
	 */
	static String indented(Object value) {
		return new Json(true).write(value);
	}

	/**
	 * Writes a value without any space.
	 * @param value a record, map, list or value
	 * @return JSON in one line
	 * @throws IllegalArgumentException if it contains a value of another type
	 */
	static String compact(Object value) {
		return new Json(false).write(value);
	}

	private String write(Object value) {
		append(value);
		return this.text.toString();
	}

	private void append(@Nullable Object value) {
		if (value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long) {
			this.text.append(value);
		}
		else if (value instanceof Double number) {
			this.text.append(BigDecimal.valueOf(number)
				.setScale(DECIMALS, RoundingMode.HALF_UP)
				.stripTrailingZeros()
				.toPlainString());
		}
		else if (value instanceof CharSequence || value instanceof Enum || value instanceof Instant) {
			appendText(value.toString());
		}
		else if (value instanceof List<?> list) {
			append('[', list.stream().map((each) -> (Runnable) () -> append(each)).toList(), ']');
		}
		else if (value instanceof Map<?, ?> map) {
			List<Runnable> entries = new ArrayList<>();
			map.forEach((key, each) -> entries.add(() -> appendEntry(key.toString(), each)));
			append('{', entries, '}');
		}
		else if (value instanceof Record found) {
			List<Runnable> entries = new ArrayList<>();
			for (RecordComponent component : found.getClass().getRecordComponents()) {
				entries.add(() -> appendEntry(snakeCase(component.getName()), read(component, found)));
			}
			append('{', entries, '}');
		}
		else {
			throw new IllegalArgumentException("not written as JSON: " + value.getClass());
		}
	}

	private void append(char open, List<Runnable> parts, char close) {
		this.text.append(open);
		this.depth++;
		for (int i = 0; i < parts.size(); i++) {
			this.text.append((i > 0) ? "," : "");
			newLine();
			parts.get(i).run();
		}
		this.depth--;
		if (!parts.isEmpty()) {
			newLine();
		}
		this.text.append(close);
	}

	private void newLine() {
		if (this.indented) {
			this.text.append('\n').append("  ".repeat(this.depth));
		}
	}

	private void appendEntry(String key, @Nullable Object value) {
		appendText(key);
		this.text.append(this.indented ? ": " : ":");
		append(value);
	}

	private void appendText(String value) {
		this.text.append('"');
		value.codePoints().forEach((letter) -> {
			switch (letter) {
				case '"' -> this.text.append("\\\"");
				case '\\' -> this.text.append("\\\\");
				case '\n' -> this.text.append("\\n");
				case '\r' -> this.text.append("\\r");
				case '\t' -> this.text.append("\\t");
				default -> {
					if (letter < FIRST_PRINTABLE || isLoneSurrogate(letter)) {
						this.text.append(String.format(Locale.ROOT, "\\u%04x", letter));
					}
					else {
						this.text.appendCodePoint(letter);
					}
				}
			}
		});
		this.text.append('"');
	}

	/** Half a character, which no encoding can write. */
	private static boolean isLoneSurrogate(int letter) {
		return letter >= Character.MIN_SURROGATE && letter <= Character.MAX_SURROGATE;
	}

	private static @Nullable Object read(RecordComponent component, Record from) {
		try {
			Method accessor = component.getAccessor();
			// The record itself need not be public
			accessor.setAccessible(true);
			return accessor.invoke(from);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("cannot read " + component, ex);
		}
	}

	/** Such as {@code rate_per_s} for {@code ratePerS}. */
	private static String snakeCase(String name) {
		return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
	}

}
