package dev.zerodowntime.probe.model;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Under which name a version is counted. A server whose version header is different in
 * each answer must not fill the memory: the first {@value #MAX_VERSIONS} names count by
 * themselves, all later ones together.
 */
final class VersionNames {

	static final int MAX_VERSIONS = 50;

	static final String OTHERS = "(other versions)";

	private final Set<String> known = new HashSet<>();

	/** Returns {@code ""} for no version. */
	String of(@Nullable String version) {
		if (version == null) {
			return "";
		}
		if (this.known.size() < MAX_VERSIONS) {
			this.known.add(version);
		}
		return this.known.contains(version) ? version : OTHERS;
	}

}
