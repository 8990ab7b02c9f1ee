package dev.zerodowntime.lab.faults;

import java.util.List;

/** Where a command is cut off: after it has printed a line. */
enum Point {

	BOOT("deploy", "starting ", "it has begun to start green"),

	READY("deploy", "is ready", "green is ready"),

	WARM("deploy", "is warm", "green is warm; the switch comes next"),

	SWITCHED("deploy", "switched to", "the switch"),

	DRAINED("deploy", "drained", "blue is drained"),

	BAKE("deploy", "stays warm", "in the bake time"),

	STOP("deploy", "stopping ", "it has begun to stop blue"),

	ROLLBACK("rollback", "switching back", "rollback.sh has begun"),

	ROLLED_BACK("rollback", "is live, switched", "rollback.sh has switched");

	private final String command;

	private final String line;

	private final String meaning;

	Point(String command, String line, String meaning) {
		this.command = command;
		this.line = line;
		this.meaning = meaning;
	}

	String command() {
		return this.command;
	}

	String line() {
		return this.line;
	}

	String meaning() {
		return this.meaning;
	}

	/**
	 * The releases that may be live after a cut here. Two where the next thing that
	 * happens is the switch: it depends on a millisecond which of them.
	 */
	List<String> mayBeLive() {
		return switch (this) {
			case BOOT, READY, ROLLED_BACK -> List.of(Release.BEFORE);
			case WARM, ROLLBACK -> List.of(Release.BEFORE, Release.SHIPPED);
			case SWITCHED, DRAINED, BAKE, STOP -> List.of(Release.SHIPPED);
		};
	}

	/** What is live in the end, if nothing cuts it off. */
	String aim() {
		return this.command.equals("rollback") ? Release.BEFORE : Release.SHIPPED;
	}

}
