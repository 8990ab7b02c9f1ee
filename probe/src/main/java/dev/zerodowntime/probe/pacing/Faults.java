package dev.zerodowntime.probe.pacing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What went wrong with the probe itself in one run. Safe for use by several threads.
 */
public final class Faults {

	private static final int MAX_FAULTS = 5;

	private final List<String> faults = new CopyOnWriteArrayList<>();

	/** Adds a fault unless it is known; after five, no more are kept. */
	public synchronized void add(String fault) {
		if (this.faults.size() < MAX_FAULTS && !this.faults.contains(fault)) {
			this.faults.add(fault);
		}
	}

	public List<String> all() {
		return List.copyOf(this.faults);
	}

}
