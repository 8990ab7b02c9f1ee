package dev.zerodowntime.lab.live;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.ConnectionMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes server-sent events: a name and one line of JSON each. */
final class Frame {

	/** A comment, which keeps a quiet connection open. */
	static final byte[] STILL_HERE = ":\n\n".getBytes(StandardCharsets.UTF_8);

	private static final int ANSWERS_A_FRAME = 5000;

	private static final double NANOS_PER_MS = 1e6;

	private static final double DECIMALS = 100;

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.enable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
		.build();

	private Frame() {
	}

	static byte[] of(String event, Object data) {
		return ("event: " + event + "\ndata: " + MAPPER.writeValueAsString(data) + "\n\n")
			.getBytes(StandardCharsets.UTF_8);
	}

	/** As rows, because names would be most of what is sent; not too many in a frame. */
	static List<byte[]> ofAnswers(List<Answer> answers) {
		List<byte[]> frames = new ArrayList<>();
		for (int from = 0; from < answers.size(); from += ANSWERS_A_FRAME) {
			List<Answer> some = answers.subList(from, Math.min(from + ANSWERS_A_FRAME, answers.size()));
			frames.add(of("answers", some.stream().map(Frame::row).toList()));
		}
		return frames;
	}

	/** Mode, due, latency, version; of a lost one its kind as well. */
	private static List<@Nullable Object> row(Answer answer) {
		List<@Nullable Object> row = new ArrayList<>(Arrays.asList((answer.mode() == ConnectionMode.FRESH) ? 0 : 1,
				ms(answer.dueNanos()), ms(answer.latencyNanos()), Round.version(answer)));
		if (answer.drop() != null) {
			row.add(answer.drop().name());
		}
		return row;
	}

	private static double ms(long nanos) {
		return Math.round(nanos / NANOS_PER_MS * DECIMALS) / DECIMALS;
	}

}
