package dev.zerodowntime.probe.wire;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.zerodowntime.probe.Probe;
import dev.zerodowntime.probe.ProbeBuilder;
import dev.zerodowntime.probe.Targets;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.DropKind;
import dev.zerodowntime.probe.model.ProbeException;
import dev.zerodowntime.probe.pacing.Schedule.Slot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TargetTest {

	private static final Slot FRESH = new Slot(ConnectionMode.FRESH, 0, 0);

	@Test
	void aHeaderReplacesWhatTheProbeSendsByItself() {
		assertThat(request(probe().header("host", "shop.example").header("USER-AGENT", "x").header("connection", "TE")))
			.isEqualTo("GET / HTTP/1.1\r\nhost: shop.example\r\nUSER-AGENT: x\r\nconnection: TE\r\n\r\n");
	}

	@Test
	void headersKeepTheirOrderAndSeveralOfANameAreSent() {
		ProbeBuilder probe = probe();
		for (int i = 0; i < 20; i++) {
			probe.header((i % 2 == 0) ? "Cookie" : "X-" + i, "c=" + i);
		}
		String request = request(probe);
		assertThat(request).containsSubsequence("Host: 127.0.0.1:1\r\n", "Cookie: c=0\r\nX-1: c=1\r\nCookie: c=2\r\n",
				"Cookie: c=18\r\nX-19: c=19\r\n");
	}

	@Test
	void jsonIsNamedUnlessAHeaderNamesAnotherType() {
		assertThat(request(probe().request("POST / {}"))).contains("\r\nContent-Type: application/json\r\n");
		assertThat(request(probe().request("POST / {}").header("content-type", "text/plain")))
			.contains("\r\ncontent-type: text/plain\r\n")
			.doesNotContain("application/json");
	}

	@ParameterizedTest
	@CsvSource({ "200, ", "204, ", "304, ", "101, http-101", "301, http-301", "302, http-302", "404, http-404",
			"503, http-503" })
	void aRedirectIsLost(int status, @Nullable String lost) {
		DropKind drop = target(probe()).judge(FRESH, response(status));
		assertThat((drop != null) ? drop.name() : null).isEqualTo(lost);
	}

	@Test
	void whatIsExpectedIsNotLost() {
		Target target = target(probe().expectStatus("200, 300-399"));
		assertThat(target.judge(FRESH, response(302))).isNull();
		assertThat(target.judge(FRESH, response(204))).isEqualTo(DropKind.http(204));
	}

	@Test
	void theStatusOfARequestIsTheOnlyOneThatItExpects() {
		Target target = target(probe().expectStatus("200").request("GET / 404"));
		assertThat(target.judge(FRESH, response(404))).isNull();
		assertThat(target.judge(FRESH, response(200))).isEqualTo(DropKind.http(200));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "2xx", "200,", "99", "600", "299-200", "200 300" })
	void whatIsNoListOfStatusesIsRefused(String statuses) {
		assertThatIllegalArgumentException().isThrownBy(() -> probe().expectStatus(statuses))
			.withMessageContaining("such as '200-299,304'");
	}

	@Test
	void theHeadersOfARequestReplaceThoseOfAllRequests() {
		String request = request(probe().header("X-All", "{{counter}}")
			.header("Accept", "text/html")
			.request("POST / {}\naccept: text/plain\nHost: shop.example\nX-Own: {{counter}}"));
		assertThat(request).isEqualTo("POST / HTTP/1.1\r\nUser-Agent: zero-downtime-probe\r\nConnection: close\r\n"
				+ "X-All: 1\r\naccept: text/plain\r\nHost: shop.example\r\nX-Own: 1\r\n"
				+ "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
	}

	@Test
	void aSingleRequestIsSentAsItIs() {
		assertThat(request(probe().header("X-All", "{{counter}}"))).contains("X-All: {{counter}}\r\n");
	}

	@Test
	void anotherAddressChangesNothingInTheRequest() {
		ProbeBuilder probe = Probe.to(URI.create("http://shop.invalid/x")).connectTo("127.0.0.1:81");
		Target target = target(probe);
		assertThat(target.address()).isEqualTo(new InetSocketAddress("127.0.0.1", 81));
		assertThat(target.host()).isEqualTo("shop.invalid");
		assertThat(request(probe)).startsWith("GET /x HTTP/1.1\r\nHost: shop.invalid\r\n");
		assertThat(target(probe.connectTo("[::1]:82")).address()).isEqualTo(new InetSocketAddress("::1", 82));
	}

	@Test
	void aPathIsSentInAscii() {
		assertThat(request(Probe.to(URI.create("http://127.0.0.1:1/방명록?q=%20é"))))
			.startsWith("GET /%EB%B0%A9%EB%AA%85%EB%A1%9D?q=%20%C3%A9 HTTP/1.1\r\n");
		assertThat(request(probe().request("GET /é"))).startsWith("GET /%C3%A9 HTTP/1.1\r\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://my_service:8080/", "http://bücher.example/" })
	void aNameThatIsNoHostNameIsNamed(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> Probe.to(URI.create(url)))
			.withMessageStartingWith("not a host name in " + url);
	}

	@Test
	void noTextIsExpectedWhereThereIsNoContent() {
		assertThatIllegalArgumentException().isThrownBy(() -> target(probe().method("head").expectBody("x")))
			.withMessageContaining("a HEAD request has no content");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> target(probe().expectBody("x").request("GET /").request("HEAD /")));
	}

	@Test
	void aTimeIsNoLongerThanAYear() {
		Duration tooLong = Duration.ofDays(200_000);
		assertThatIllegalArgumentException().isThrownBy(() -> probe().timeout(tooLong))
			.withMessage("the timeout must not be longer than a year");
		assertThatIllegalArgumentException().isThrownBy(() -> probe().settle(tooLong));
		assertThatIllegalArgumentException().isThrownBy(() -> probe().maxBlind(tooLong));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "::1:80", "[::1]",
			"http://127.0.0.1:80", "a b:80" })
	void whatIsNoHostAndPortIsRefused(String address) {
		assertThatIllegalArgumentException().isThrownBy(() -> probe().connectTo(address))
			.withMessage("not a host and port such as '203.0.113.7:443' or '[2001:db8::7]:443': " + address);
	}

	@Test
	void anUnknownHostIsNamed() {
		assertThatExceptionOfType(ProbeException.class)
			.isThrownBy(() -> target(Probe.to(URI.create("http://127.0.0.1/")).connectTo("nowhere.invalid:80")))
			.withMessage("unknown host nowhere.invalid in nowhere.invalid:80");
	}

	private static Response response(int status) {
		return new Response(status, null, true, 0, "");
	}

	private static ProbeBuilder probe() {
		return Probe.to(URI.create("http://127.0.0.1:1/"));
	}

	private static Target target(ProbeBuilder probe) {
		return Target.of(Targets.config(probe));
	}

	private static String request(ProbeBuilder probe) {
		return new String(target(probe).request(FRESH), StandardCharsets.UTF_8);
	}

}
