package dev.zerodowntime.orders;

import java.nio.file.Files;
import java.nio.file.Path;

/** Whether this instance is in the live group. A scheduled job asks before it begins. */
class LiveGroup {

	private final String file;

	LiveGroup(String file) {
		this.file = file;
	}

	boolean isLive() {
		return this.file.isEmpty() || Files.exists(Path.of(this.file));
	}

}
