package dev.zerodowntime.lab;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;

/**
 * Cuts the frames of a command's output into lines and passes each on as soon as it is
 * complete. A frame may hold many lines, or end within a line, even within a character.
 */
class OutputLines extends ResultCallback.Adapter<Frame> {

	private final Map<StreamType, ByteArrayOutputStream> unfinished = new EnumMap<>(StreamType.class);

	private final List<String> lines = new ArrayList<>();

	private final Consumer<String> consumer;

	OutputLines(Consumer<String> consumer) {
		this.consumer = consumer;
	}

	@Override
	public synchronized void onNext(Frame frame) {
		ByteArrayOutputStream line = this.unfinished.computeIfAbsent(frame.getStreamType(),
				(type) -> new ByteArrayOutputStream());
		for (byte character : frame.getPayload()) {
			if (character == '\n') {
				emit(line);
			}
			else {
				line.write(character);
			}
		}
	}

	@Override
	public void onComplete() {
		synchronized (this) {
			this.unfinished.values().stream().filter((line) -> line.size() > 0).forEach(this::emit);
		}
		super.onComplete();
	}

	synchronized List<String> lines() {
		return List.copyOf(this.lines);
	}

	private void emit(ByteArrayOutputStream bytes) {
		String line = bytes.toString(StandardCharsets.UTF_8);
		bytes.reset();
		this.lines.add(line);
		this.consumer.accept(line);
	}

}
