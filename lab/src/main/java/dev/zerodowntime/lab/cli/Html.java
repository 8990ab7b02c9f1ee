package dev.zerodowntime.lab.cli;

/** Text in a page. */
final class Html {

	private Html() {
	}

	/** Text that cannot be taken for anything else, in an element or an attribute. */
	static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}

}
