package dev.zerodowntime.probe.report;

/** How a terminal shows a text (ECMA-48, select graphic rendition). */
enum Style {

	/** As usual again. */
	RESET(0),

	/** Bold. */
	BOLD(1),

	/** Less bright than usual. */
	FAINT(2),

	/** Red letters. */
	RED(31),

	/** Green letters. */
	GREEN(32),

	/** Yellow letters. */
	YELLOW(33),

	/** Blue letters. */
	BLUE(34),

	/** Magenta letters. */
	MAGENTA(35);

	private final String on;

	Style(int code) {
		this.on = "\u001B[" + code + "m";
	}

	/** What turns it on. */
	String on() {
		return this.on;
	}

}
