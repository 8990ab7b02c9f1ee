package dev.zerodowntime.probe.report;

import java.nio.charset.Charset;
import java.util.Locale;

/** Writes for one terminal: its colours, its characters, its width. */
record Pen(boolean coloured, Charset charset, int width) {

	private static final int LONGEST = 60;

	/** Colours a text. It may come from outside: markup in it has no meaning. */
	String paint(String text, Style... styles) {
		if (!this.coloured || styles.length == 0) {
			return text;
		}
		StringBuilder painted = new StringBuilder();
		for (Style style : styles) {
			painted.append(style.on());
		}
		// Reset, because some terminals take "bold off" for "underline twice"
		return painted.append(text).append(Style.RESET.on()).toString();
	}

	/** Chooses a character the terminal can show. */
	String glyph(String pretty, String ascii) {
		return this.charset.newEncoder().canEncode(pretty) ? pretty : ascii;
	}

	/** Writes a stretch of time, such as {@code 5.01–8.97 s}. */
	String span(long fromMs, long toMs) {
		return seconds(fromMs) + glyph("\u2013", "-") + seconds(toMs) + " s";
	}

	static String seconds(long ms) {
		return String.format(Locale.ROOT, "%.2f", ms / 1000.0);
	}

	/** Makes a text from outside fit for a line: no colours of its own, no line ends. */
	static String tame(String text) {
		// Cc and not Cntrl: a terminal takes U+009B for ESC [ as well
		String line = text.replaceAll("[\\p{Cc}\u2028\u2029]+", " ").strip();
		return (line.length() > LONGEST) ? line.substring(0, LONGEST - 3) + "..." : line;
	}

	static String left(String text, int width) {
		return text + " ".repeat(Math.max(0, width - text.length()));
	}

	static String right(String text, int width) {
		return " ".repeat(Math.max(0, width - text.length())) + text;
	}

}
