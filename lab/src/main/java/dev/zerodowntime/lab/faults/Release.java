package dev.zerodowntime.lab.faults;

/** The releases of a fault: see {@code fault.sh} of stage 3. */
final class Release {

	/** Live in the beginning. */
	static final String BEFORE = "l1";

	/** Its deploy, or the rollback from it, is cut off. */
	static final String SHIPPED = "l2";

	/** Shipped afterwards. */
	static final String OTHER = "l3";

	private Release() {
	}

}
