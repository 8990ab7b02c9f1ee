package dev.zerodowntime.probe;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The verdict on one connection mode. Always {@code sent == ok + dropped}.
 *
 * @param sent requests sent, each exactly once
 * @param ok correct, complete answers in time
 * @param dropped all others
 * @param dropsByKind how many were lost in which way, keyed by {@link DropKind#name()}
 * @param outages the stretches with drops, in order; the longest 10 000 if there are more
 * @param downtimeMs the lengths of all outages, added up
 * @param latencyMs of correct answers over the whole run
 * @param baselineLatencyMs the same before the command, {@code null} without one
 * @param commandLatencyMs the same from the command's start to the end, {@code null}
 * without one
 * @param lateSlots requests the probe itself sent late (more than {@link Report#LATE_MS}
 * ms)
 * @param latenessMs how late the probe sent, {@code null} if it sent nothing
 * @param versions correct answers by their version header, {@code X-App-Version} by
 * default; from the 51st version on they are counted together, as
 * {@code (other versions)}
 * @param versionsOverlap the longest stretch in which the answers of several versions
 * alternate, {@code null} if there was none
 * @param unsent requests that were due and not sent
 * @param blind the stretches in which the probe sent nothing for longer than it should,
 * in order: what became of the service in them is not known
 */
public record ModeReport(long sent, long ok, long dropped, Map<String, Long> dropsByKind, List<Outage> outages,
		long downtimeMs, @Nullable Latency latencyMs, @Nullable Latency baselineLatencyMs,
		@Nullable Latency commandLatencyMs, long lateSlots, @Nullable Latency latenessMs, Map<String, Long> versions,
		@Nullable Span versionsOverlap, long unsent, List<Span> blind) {

	/**
	 * Create a report of a mode that sent all that was due, and was never blind.
	 */
	public ModeReport(long sent, long ok, long dropped, Map<String, Long> dropsByKind, List<Outage> outages,
			long downtimeMs, @Nullable Latency latencyMs, @Nullable Latency baselineLatencyMs,
			@Nullable Latency commandLatencyMs, long lateSlots, @Nullable Latency latenessMs,
			Map<String, Long> versions, @Nullable Span versionsOverlap) {
		this(sent, ok, dropped, dropsByKind, outages, downtimeMs, latencyMs, baselineLatencyMs, commandLatencyMs,
				lateSlots, latenessMs, versions, versionsOverlap, 0, List.of());
	}

}
