package dev.zerodowntime.lab.live;

import java.util.List;

import dev.zerodowntime.probe.model.Event;
import dev.zerodowntime.probe.model.Slices;
import dev.zerodowntime.probe.model.Span;
import org.jspecify.annotations.Nullable;

/**
 * Where a count stands, and its recent past.
 *
 * @param sent requests with an outcome, over both connection modes
 * @param lost those of them that were lost
 * @param longestOutageMs in either mode
 * @param p99NowMs of the correct answers of the last five seconds, in ms
 * @param p99SteadyMs the same from the beginning to the first deploy
 * @param live the versions that answered within the last second
 * @param running the scripts that run now
 * @param versions all that have answered so far, in their order
 * @param span the recent past, in milliseconds since counting began
 * @param slices what became of the requests since counting began; they go on being filled
 * @param events what happened in it
 */
public record Moment(long sent, long lost, long longestOutageMs, @Nullable Double p99NowMs,
		@Nullable Double p99SteadyMs, List<String> live, List<String> running, List<String> versions, Span span,
		Slices slices, List<Event> events) {
}
