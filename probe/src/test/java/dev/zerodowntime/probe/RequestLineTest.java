package dev.zerodowntime.probe;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RequestLineTest {

	@Test
	void readsAllParts() {
		assertThat(RequestLine.parse("post /api/entries 201 {\"name\":\"a b\"} "))
			.isEqualTo(new RequestLine("POST", "/api/entries", 201, "{\"name\":\"a b\"}"));
	}

	@Test
	void needsOnlyAPath() {
		assertThat(RequestLine.parse("/")).isEqualTo(new RequestLine("GET", "/", null, ""));
		assertThat(RequestLine.parse("HEAD /x")).isEqualTo(new RequestLine("HEAD", "/x", null, ""));
		assertThat(RequestLine.parse("/x 404")).isEqualTo(new RequestLine("GET", "/x", 404, ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "GET", "GET x", "http://elsewhere/", "GET / POST /" })
	void refusesWhatIsNoRequest(String line) {
		if (line.equals("GET / POST /")) {
			// What follows the path is content
			assertThat(RequestLine.parse(line).body()).isEqualTo("POST /");
			return;
		}
		assertThatIllegalArgumentException().isThrownBy(() -> RequestLine.parse(line))
			.withMessageStartingWith("not a request such as");
	}

	@Test
	void fillsInWhatIsDifferentEachTime() {
		RequestLine line = RequestLine.parse("PUT /{{uuid}}?n={{counter}} {\"at\":\"{{now}}\",\"id\":\"{{uuid}}\"}");
		AtomicLong counter = new AtomicLong();
		RequestLine first = line.filled(counter);
		RequestLine second = line.filled(counter);
		assertThat(first.path()).matches("/[0-9a-f-]{36}\\?n=1");
		assertThat(second.path()).endsWith("?n=2").isNotEqualTo(first.path());
		String id = first.path().substring(1, 37);
		assertThat(first.body()).contains(id).doesNotContain("{{");
		assertThat(line.isDifferentEachTime()).isTrue();
	}

}
