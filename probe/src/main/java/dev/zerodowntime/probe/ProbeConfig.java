package dev.zerodowntime.probe;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.wire.TargetConfig;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Probe} does. Made by {@link ProbeBuilder}, which states the defaults.
 *
 * @param target what is asked of whom, and which answer is correct
 * @param ratePerSecond requests per second in each mode
 * @param modes the connection modes, measured side by side
 * @param timeout a request without a complete answer after this is lost
 * @param warmup how long to send before counting
 * @param baseline how long to measure before the action
 * @param settle how long without a drop counts as steady after the action
 * @param settleLimit when to give up waiting for that
 * @param maxBlind a longer stretch without a request sent takes the verdict away
 * @param atLeast how long a measurement around an action lasts at least
 * @param labels what the report says about this run
 * @param judgeFrom how the name of the event begins from which on limits judge;
 * {@code null}: they judge the whole run
 * @param listener hears of every answer as it comes, on the sender's threads
 * @param onMeasurement gets each measurement when it ends
 */
record ProbeConfig(TargetConfig target, double ratePerSecond, List<ConnectionMode> modes, Duration timeout,
		Duration warmup, Duration baseline, Duration settle, Duration settleLimit, Duration maxBlind, Duration atLeast,
		Map<String, String> labels, @Nullable String judgeFrom, Consumer<Answer> listener,
		Consumer<Measurement> onMeasurement) {

	ProbeConfig {
		modes = List.copyOf(modes);
		labels = Map.copyOf(labels);
	}

}
