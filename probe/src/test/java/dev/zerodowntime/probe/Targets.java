package dev.zerodowntime.probe;

import dev.zerodowntime.probe.wire.TargetConfig;

/** What a builder describes, for the tests of the package that sends it. */
public final class Targets {

	private Targets() {
	}

	public static TargetConfig config(ProbeBuilder probe) {
		return probe.config().target();
	}

}
