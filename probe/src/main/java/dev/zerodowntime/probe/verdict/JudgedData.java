package dev.zerodowntime.probe.verdict;

import dev.zerodowntime.probe.model.Judged;
import org.jspecify.annotations.Nullable;

/** The judged part, see there. Its components are the keys of the JSON. */
public record JudgedData(String from, @Nullable Long fromMs, long sent, long dropped,
		@Nullable Double p99Ms) implements Judged {
}
