package dev.zerodowntime.probe.verdict;

import dev.zerodowntime.probe.model.Settings;
import org.jspecify.annotations.Nullable;

/** The settings of a run, see there. Its components are the keys of the JSON. */
public record SettingsData(String method, long timeoutMs, String expectStatus, @Nullable String expectBody,
		boolean insecure, long settleMs, long blindLimitMs, @Nullable String connectTo,
		@Nullable String versionHeader) implements Settings {
}
