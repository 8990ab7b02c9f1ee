package dev.zerodowntime.probe.model;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The verdict on one connection mode. Always {@code sent == ok + dropped}.
 * <p>
 * Immutable. Only the probe implements it, so that later versions can add to it.
 */
public interface ModeReport {

	/**
	 * Returns how many requests were sent, each exactly once.
	 * @return {@code ok + dropped}
	 */
	long sent();

	/**
	 * Returns how many requests got a correct, complete answer in time.
	 * @return 0 or more
	 */
	long ok();

	/**
	 * Returns how many requests were lost.
	 * @return 0 or more
	 */
	long dropped();

	/**
	 * Returns how many requests were lost in which way.
	 * @return numbers by {@link DropKind#name()}, unmodifiable
	 */
	Map<String, Long> dropsByKind();

	/**
	 * Returns the outages.
	 * @return in order, unmodifiable; the longest 10 000 if there are more
	 */
	List<Outage> outages();

	/**
	 * Returns the lengths of all outages, added up.
	 * @return milliseconds
	 */
	long downtimeMs();

	/**
	 * Returns the latency of the correct answers of the whole run.
	 * @return milliseconds; {@code null} if there was no correct answer
	 */
	@Nullable Latency latencyMs();

	/**
	 * Returns the latency before the measured action.
	 * @return milliseconds; {@code null} without an action, or if there was no correct
	 * answer
	 */
	@Nullable Latency baselineLatencyMs();

	/**
	 * Returns the latency from the start of the measured action until the service was
	 * steady.
	 * @return milliseconds; {@code null} without an action, or if there was no correct
	 * answer
	 */
	@Nullable Latency commandLatencyMs();

	/**
	 * Returns how many requests the probe itself sent late, by more than
	 * {@link Report#LATE_MS} ms.
	 * @return 0 or more
	 */
	long lateSlots();

	/**
	 * Returns how late the probe sent.
	 * @return milliseconds; {@code null} if it sent nothing
	 */
	@Nullable Latency latenessMs();

	/**
	 * Returns the correct answers by their version header, {@code X-App-Version} by
	 * default. From the 51st version on they are counted together, as {@code (other
	 * versions)}.
	 * @return numbers by version, unmodifiable
	 */
	Map<String, Long> versions();

	/**
	 * Returns the longest stretch in which the answers of several versions alternate.
	 * @return the stretch, {@code null} if there was none
	 */
	@Nullable Span versionsOverlap();

	/**
	 * Returns how many requests were due and not sent.
	 * @return 0 or more
	 */
	long unsent();

	/**
	 * Returns the stretches in which the probe sent nothing for longer than it should:
	 * what became of the service in them is not known.
	 * @return in order, unmodifiable
	 */
	List<Span> blind();

}
