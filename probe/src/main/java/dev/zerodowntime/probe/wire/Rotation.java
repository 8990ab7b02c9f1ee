package dev.zerodowntime.probe.wire;

import java.util.List;

/**
 * The order in which weighted requests are sent: each as often as its weight says, evenly
 * spread, then from the beginning.
 */
final class Rotation {

	private final int[] order;

	/**
	 * Create a rotation.
	 * @param weights of each request, at least 1
	 */
	Rotation(List<Integer> weights) {
		int total = weights.stream().mapToInt(Integer::intValue).sum();
		this.order = new int[total];
		int[] credit = new int[weights.size()];
		for (int turn = 0; turn < total; turn++) {
			// Smooth weighted round robin, as in nginx: the highest credit is next.
			int next = 0;
			for (int i = 0; i < credit.length; i++) {
				credit[i] += weights.get(i);
				if (credit[i] > credit[next]) {
					next = i;
				}
			}
			credit[next] -= total;
			this.order[turn] = next;
		}
	}

	/** Returns the index of the request that is sent in this slot. */
	int at(long slot) {
		return this.order[(int) (slot % this.order.length)];
	}

}
