package dev.zerodowntime.probe;

/** Nanoseconds since the measurement began; requests and events share one of these. */
final class Clock {

	private final long origin = System.nanoTime();

	long now() {
		return System.nanoTime() - this.origin;
	}

}
