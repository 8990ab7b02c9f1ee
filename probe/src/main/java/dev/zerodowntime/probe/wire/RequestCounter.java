package dev.zerodowntime.probe.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.RequestReport;

/**
 * Counts what became of each of several requests that are sent in turn. Safe for use by
 * several threads.
 */
public final class RequestCounter implements Consumer<Answer> {

	private final List<String> names;

	private final Rotation rotation;

	private final long[] sent;

	private final long[] dropped;

	/**
	 * Create a counter.
	 * @param names of the requests; nothing is counted if there is none
	 * @param rotation which of them is sent when
	 */
	RequestCounter(List<String> names, Rotation rotation) {
		this.names = List.copyOf(names);
		this.rotation = rotation;
		this.sent = new long[names.size()];
		this.dropped = new long[names.size()];
	}

	@Override
	public synchronized void accept(Answer answer) {
		if (this.names.isEmpty()) {
			return;
		}
		int index = this.rotation.at(answer.slot());
		this.sent[index]++;
		this.dropped[index] += answer.ok() ? 0 : 1;
	}

	public synchronized List<RequestReport> reports() {
		List<RequestReport> reports = new ArrayList<>();
		for (int i = 0; i < this.sent.length; i++) {
			reports.add(new RequestReport(this.names.get(i), this.sent[i], this.dropped[i]));
		}
		return reports;
	}

}
