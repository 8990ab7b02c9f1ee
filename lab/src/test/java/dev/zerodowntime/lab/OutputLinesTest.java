package dev.zerodowntime.lab;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class OutputLinesTest {

	private final List<String> seen = new ArrayList<>();

	private final OutputLines output = new OutputLines(this.seen::add);

	@Test
	void shouldCutAFrameIntoLines() {
		receive(StreamType.STDOUT, "one\ntwo\n\nfour\n");
		assertEquals(List.of("one", "two", "", "four"), this.seen);
	}

	@Test
	void shouldJoinALineThatComesInPieces() {
		byte[] line = "안녕\n".getBytes(StandardCharsets.UTF_8);
		for (byte piece : line) {
			this.output.onNext(new Frame(StreamType.STDOUT, new byte[] { piece }));
		}
		assertEquals(List.of("안녕"), this.seen);
	}

	@Test
	void shouldKeepTheTwoStreamsApart() {
		receive(StreamType.STDOUT, "out ");
		receive(StreamType.STDERR, "err\n");
		receive(StreamType.STDOUT, "and on\n");
		assertEquals(List.of("err", "out and on"), this.seen);
	}

	@Test
	void shouldPassOnALastLineWithoutItsEnd() {
		receive(StreamType.STDOUT, "one\nlast");
		assertEquals(List.of("one"), this.seen);
		this.output.onComplete();
		assertEquals(List.of("one", "last"), this.output.lines());
	}

	private void receive(StreamType stream, String text) {
		this.output.onNext(new Frame(stream, text.getBytes(StandardCharsets.UTF_8)));
	}

}
