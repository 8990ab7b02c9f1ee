package dev.zerodowntime.probe.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What became of the requests, per connection mode and tenth of a second. Filled while
 * the measurement runs; its size depends on the time and not on the number of requests.
 * Some requests are kept as they are, for a picture: see {@link #samples()}. Safe for use
 * by several threads.
 */
public final class Slices {

	/**
	 * How many correct answers, and how many lost requests, are kept of each mode.
	 */
	public static final int MAX_SAMPLES = 10_000;

	private final Map<ConnectionMode, OfMode> modes = new EnumMap<>(ConnectionMode.class);

	private final VersionNames names = new VersionNames();

	/**
	 * Creates slices of answers that exist already.
	 * @param answers in any order
	 * @return the slices
	 */
	public static Slices of(Collection<Answer> answers) {
		Slices slices = new Slices();
		answers.forEach(slices::add);
		return slices;
	}

	/**
	 * Counts one request.
	 * @param answer its outcome; those of one measurement may come in any order
	 */
	public synchronized void add(Answer answer) {
		this.modes.computeIfAbsent(answer.mode(), (mode) -> new OfMode()).add(answer, this.names.of(answer.version()));
	}

	/**
	 * Returns the slices of a mode.
	 * @param mode the mode
	 * @return those with at least one request, in order of time
	 */
	public List<Slice> of(ConnectionMode mode) {
		return of(mode, new Span(0, Long.MAX_VALUE));
	}

	/**
	 * Returns the slices of a mode that overlap a stretch of time.
	 * @param mode the mode
	 * @param span the stretch, its end excluded
	 * @return those with at least one request, in order of time
	 */
	public synchronized List<Slice> of(ConnectionMode mode, Span span) {
		List<Slice> found = new ArrayList<>();
		OfMode of = this.modes.get(mode);
		if (of != null && span.fromMs() < span.toMs()) {
			of.slices
				.subMap(Math.floorDiv(span.fromMs(), Slice.LENGTH_MS), true,
						Math.floorDiv(span.toMs() - 1, Slice.LENGTH_MS), true)
				.forEach((number, counter) -> found.add(new Slice(number, counter)));
		}
		return found;
	}

	/**
	 * Returns which versions gave correct answers, {@code ""} for answers without a
	 * version.
	 * @return their names, in the order of their first slice
	 */
	public synchronized List<String> versions() {
		Map<Long, Set<String>> inOrder = new TreeMap<>();
		this.modes.values()
			.forEach((of) -> of.firstSlices.forEach(
					(version, number) -> inOrder.computeIfAbsent(number, (key) -> new LinkedHashSet<>()).add(version)));
		return inOrder.values().stream().flatMap(Set::stream).distinct().toList();
	}

	/**
	 * Returns single requests. All of them, unless a mode has more than
	 * {@link #MAX_SAMPLES} correct answers or as many lost requests: then of every so
	 * many the first and the slowest one.
	 * @return the requests, in due order
	 */
	public synchronized List<Answer> samples() {
		List<Answer> samples = new ArrayList<>();
		this.modes.values().forEach((of) -> {
			samples.addAll(of.okSample.answers());
			samples.addAll(of.lostSample.answers());
		});
		samples.sort(Comparator.comparingLong(Answer::dueNanos));
		return samples;
	}

	private static final class OfMode {

		private final TreeMap<Long, SliceCounter> slices = new TreeMap<>();

		private final Map<String, Long> firstSlices = new LinkedHashMap<>();

		private final AnswerSample okSample = new AnswerSample(MAX_SAMPLES);

		private final AnswerSample lostSample = new AnswerSample(MAX_SAMPLES);

		void add(Answer answer, String version) {
			long number = Math.floorDiv(answer.dueMs(), Slice.LENGTH_MS);
			this.slices.computeIfAbsent(number, (key) -> new SliceCounter()).add(answer, version);
			if (answer.ok()) {
				this.firstSlices.merge(version, number, Math::min);
			}
			(answer.ok() ? this.okSample : this.lostSample).add(answer);
		}

	}

}
