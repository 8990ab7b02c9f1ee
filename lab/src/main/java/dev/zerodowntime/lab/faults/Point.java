package dev.zerodowntime.lab.faults;

import java.util.List;
import java.util.stream.Stream;

import dev.zerodowntime.lab.Stage;

/** Where a command is cut off: after it has printed a line. */
enum Point {

	BOOT("step3", "deploy", "starting ", "it has begun to start green"),

	READY("step3", "deploy", "is ready", "green is ready"),

	WARM("step3", "deploy", "is warm", "green is warm; the switch comes next"),

	SWITCHED("step3", "deploy", "switched to", "the switch"),

	DRAINED("step3", "deploy", "drained", "blue is drained"),

	BAKE("step3", "deploy", "stays warm", "in the bake time"),

	STOP("step3", "deploy", "stopping ", "it has begun to stop blue"),

	ROLLBACK("step3", "rollback", "switching back", "rollback.sh has begun"),

	ROLLED_BACK("step3", "rollback", "is live, switched", "rollback.sh has switched"),

	GATE_PULL("step4", "gate", "pulling ", "it has begun"),

	GATE_BOOT("step4", "gate", "starting ", "the deploy has begun to start green"),

	GATE_READY("step4", "gate", "is ready", "green is ready"),

	GATE_SWITCHED("step4", "gate", "switched to", "the switch"),

	GATE_DRAINED("step4", "gate", "drained", "blue is drained"),

	GATE_DEPLOYED("step4", "gate", "is live", "the deploy has ended; the verdict comes next");

	private final String stage;

	private final String command;

	private final String line;

	private final String meaning;

	Point(String stage, String command, String line, String meaning) {
		this.stage = stage;
		this.command = command;
		this.line = line;
		this.meaning = meaning;
	}

	static List<Point> of(Stage stage) {
		return Stream.of(values()).filter((point) -> stage.name().startsWith(point.stage)).toList();
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
	 * The releases that may be live after a cut here, once nothing goes on any more. Two
	 * where the next thing that happens is the switch: it depends on a millisecond which
	 * of them.
	 */
	List<String> mayBeLive(Cut cut) {
		if (cut == Cut.PIPE) {
			return List.of(aim());
		}
		// Where the gate alone is killed, the deploy goes on; where it is told to end,
		// nothing stays that has no verdict
		boolean goesOn = cut == Cut.KILL;
		boolean takenBack = cut != Cut.KILL && cut != Cut.KILL_ALL;
		return switch (this) {
			case BOOT, READY, ROLLED_BACK, GATE_PULL -> List.of(Release.BEFORE);
			case WARM, ROLLBACK -> List.of(Release.BEFORE, Release.SHIPPED);
			case SWITCHED, DRAINED, BAKE, STOP -> List.of(Release.SHIPPED);
			case GATE_BOOT, GATE_READY -> List.of(goesOn ? Release.SHIPPED : Release.BEFORE);
			case GATE_SWITCHED, GATE_DRAINED, GATE_DEPLOYED -> List.of(takenBack ? Release.BEFORE : Release.SHIPPED);
		};
	}

	/** What is live in the end, if nothing cuts it off. */
	private String aim() {
		return this.command.equals("rollback") ? Release.BEFORE : Release.SHIPPED;
	}

}
