package dev.zerodowntime.lab.faults;

/** How a command is cut off. */
enum Cut {

	/** The script is told to end. */
	TERM,

	/** Ctrl-C: the script and what it runs. */
	INT,

	/** The terminal is gone: the script and what it runs. */
	HUP,

	/** The script alone. */
	KILL,

	/** The script and what it runs. */
	KILL_ALL,

	/** Nobody reads what it prints any more: it goes on. */
	PIPE;

	/** As {@code fault.sh} calls it. */
	String word() {
		return name().replace('_', '-');
	}

}
