package dev.zerodowntime.lab.faults;

import java.util.Locale;

/** What is done after a cut. */
enum Next {

	NOTHING, STATUS, DEPLOY_SAME, DEPLOY_OTHER, ROLLBACK, RELOAD, RESTART, REBOOT;

	/** As {@code fault.sh} calls it. */
	String word() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Whether it takes the only way to the service, so that requests must be lost. */
	boolean takesTheWay() {
		return this == RESTART || this == REBOOT;
	}

	/**
	 * What has to be live afterwards.
	 * @param live what was live after the cut
	 */
	String leaves(String live) {
		return switch (this) {
			case NOTHING, STATUS, RELOAD, RESTART, REBOOT -> live;
			case DEPLOY_SAME -> Release.SHIPPED;
			case DEPLOY_OTHER -> Release.OTHER;
			case ROLLBACK -> Release.BEFORE;
		};
	}

}
