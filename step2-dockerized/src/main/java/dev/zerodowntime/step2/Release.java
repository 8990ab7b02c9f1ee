package dev.zerodowntime.step2;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/**
 * Which release answers, and where it runs.
 *
 * @param version the version from the jar's manifest, {@code dev} when run from classes
 * @param host the name of the machine
 * @param pid the process, which differs after every restart
 */
record Release(String version, String host, long pid) {

	static Release running() {
		String version = Release.class.getPackage().getImplementationVersion();
		return new Release(Objects.requireNonNullElse(version, "dev"), hostName(), ProcessHandle.current().pid());
	}

	private static String hostName() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "localhost";
		}
	}

}
