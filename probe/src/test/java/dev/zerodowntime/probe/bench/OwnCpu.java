package dev.zerodowntime.probe.bench;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;

/** The CPU time this JVM has used, all its threads together. */
final class OwnCpu {

	private OwnCpu() {
	}

	static long micros() {
		return TimeUnit.NANOSECONDS
			.toMicros(ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime());
	}

}
