package dev.zerodowntime.lab;

import java.util.Map;

/**
 * The labels of the workshop's containers.
 */
final class Labels {

	static final String WORKSHOP = "dev.zerodowntime.workshop";

	static final String STAGE = "dev.zerodowntime.stage";

	static final String ROLE = "dev.zerodowntime.role";

	/** The {@link Session} that started it. */
	static final String SESSION = "dev.zerodowntime.session";

	/** Lives as long as the JVM that started it. */
	static final String REHEARSAL = "rehearsal";

	/** Lives until it is taken down. */
	static final String UP = "up";

	private Labels() {
	}

	static Map<String, String> of(Stage stage, String role) {
		return Map.of(WORKSHOP, "true", STAGE, stage.name(), ROLE, role, SESSION, Session.ID);
	}

}
