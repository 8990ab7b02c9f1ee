package dev.zerodowntime.lab;

import java.util.Map;

/**
 * How the workshop finds again what it made.
 */
final class Labels {

	static final String WORKSHOP = "dev.zerodowntime.workshop";

	static final String STAGE = "dev.zerodowntime.stage";

	static final String ROLE = "dev.zerodowntime.role";

	/** The process id of the JVM that started it. */
	static final String OWNER = "dev.zerodowntime.owner";

	/** Lives as long as the JVM that started it. */
	static final String REHEARSAL = "rehearsal";

	/** Lives until it is taken down. */
	static final String UP = "up";

	private Labels() {
	}

	static Map<String, String> of(Stage stage, String role) {
		return Map.of(WORKSHOP, "true", STAGE, stage.name(), ROLE, role, OWNER,
				Long.toString(ProcessHandle.current().pid()));
	}

	static boolean ownerIsGone(Map<String, String> labels) {
		String owner = labels.getOrDefault(OWNER, "");
		return !owner.matches("[0-9]{1,18}") || ProcessHandle.of(Long.parseLong(owner)).isEmpty();
	}

}
