package dev.zerodowntime.probe.pacing;

import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.zerodowntime.probe.model.ConnectionMode;

/**
 * An open-loop schedule: request {@code i} of a mode is due at {@code start + i / rate},
 * whatever became of the others. Several modes take turns, evenly spaced.
 */
public final class Schedule {

	private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

	private final long startNanos;

	private final double nanosBetween;

	private final List<ConnectionMode> modes;

	public Schedule(long startNanos, double ratePerSecond, List<ConnectionMode> modes) {
		this.startNanos = startNanos;
		this.nanosBetween = NANOS_PER_SECOND / (ratePerSecond * modes.size());
		this.modes = List.copyOf(modes);
	}

	/** The {@code turn}-th request over all modes, from 0. */
	public Slot slot(long turn) {
		ConnectionMode mode = this.modes.get((int) (turn % this.modes.size()));
		// From the turn, not by adding up: rounding must not make the rate drift.
		long due = this.startNanos + Math.round(turn * this.nanosBetween);
		return new Slot(mode, turn / this.modes.size(), due);
	}

	/** How many requests of a mode are due before this time. */
	public long due(ConnectionMode mode, long beforeNanos) {
		int first = this.modes.indexOf(mode);
		long number = Math.max(0, (long) ((beforeNanos - this.startNanos) / this.nanosBetween / this.modes.size()) - 1);
		while (slot(first + number * this.modes.size()).dueNanos() < beforeNanos) {
			number++;
		}
		return number;
	}

	public record Slot(ConnectionMode mode, long number, long dueNanos) {
	}

}
