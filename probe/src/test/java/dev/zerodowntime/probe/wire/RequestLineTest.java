package dev.zerodowntime.probe.wire;

import java.util.List;
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
			.isEqualTo(new RequestLine(1, "POST", "/api/entries", 201, List.of(), "{\"name\":\"a b\"}"));
	}

	@Test
	void aWeightIsInFrontAndHeadersAreBelow() {
		assertThat(RequestLine.parse("9x post /x 201 {}\n  Idempotency-Key: {{uuid}}\nAccept:*/*\n"))
			.isEqualTo(new RequestLine(9, "POST", "/x", 201,
					List.of(new Header("Idempotency-Key", "{{uuid}}"), new Header("Accept", "*/*")), "{}"));
		assertThat(RequestLine.parse("100x /").weight()).isEqualTo(100);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0x GET /", "101x GET /", "999999999x /" })
	void aWeightIsFromOneToAHundred(String line) {
		assertThatIllegalArgumentException().isThrownBy(() -> RequestLine.parse(line))
			.withMessage("a request has a weight from 1x to 100x: " + line);
	}

	@Test
	void whatIsBelowIsAHeader() {
		assertThatIllegalArgumentException().isThrownBy(() -> RequestLine.parse("GET /\nGET /x"))
			.withMessage("not a header such as 'Accept: text/html': GET /x");
	}

	@Test
	void needsOnlyAPath() {
		assertThat(RequestLine.parse("/")).isEqualTo(new RequestLine(1, "GET", "/", null, List.of(), ""));
		assertThat(RequestLine.parse("HEAD /x")).isEqualTo(new RequestLine(1, "HEAD", "/x", null, List.of(), ""));
		assertThat(RequestLine.parse("/x 404")).isEqualTo(new RequestLine(1, "GET", "/x", 404, List.of(), ""));
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
		RequestLine line = RequestLine
			.parse("PUT /{{uuid}}?n={{counter}} {\"at\":\"{{now}}\",\"id\":\"{{uuid}}\"}\nX-Id: {{uuid}}");
		AtomicLong counter = new AtomicLong();
		RequestLine first = line.filled(counter);
		RequestLine second = line.filled(counter);
		assertThat(first.path()).matches("/[0-9a-f-]{36}\\?n=1");
		assertThat(second.path()).endsWith("?n=2").isNotEqualTo(first.path());
		String id = first.path().substring(1, 37);
		assertThat(first.headers()).containsExactly(new Header("X-Id", id));
		assertThat(first.body()).contains(id).doesNotContain("{{");
		assertThat(line.isDifferentEachTime()).isTrue();
		assertThat(RequestLine.parse("/\nX-Id: {{uuid}}").isDifferentEachTime()).isTrue();
		assertThat(RequestLine.parse("/\nX-Id: 1").isDifferentEachTime()).isFalse();
	}

}
