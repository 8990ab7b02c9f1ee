package dev.zerodowntime.step5;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/**
 * Which release answers, and where it runs.
 *
 * @param version the version from the jar's manifest, {@code dev} when run from classes
 * @param colour the group of instances this one belongs to, {@code none} if it was not
 * told
 * @param host the name of the machine or container
 * @param pid the process
 */
record Release(String version, String colour, String host, long pid) {

	static Release running(String colour) {
		String version = Release.class.getPackage().getImplementationVersion();
		return new Release(Objects.requireNonNullElse(version, "dev"), colour, hostName(),
				ProcessHandle.current().pid());
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
