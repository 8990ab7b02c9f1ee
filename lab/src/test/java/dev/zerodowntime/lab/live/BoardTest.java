package dev.zerodowntime.lab.live;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.zerodowntime.lab.LabException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The board stays calm, whatever is handed in. */
class BoardTest {

	private Board board = Board.open(0, false);

	@AfterEach
	void close() {
		this.board.close();
	}

	@Test
	void shouldTakeResultsOfItsOwnPage() throws IOException {
		assertEquals(201, post("/results?name=Anna", own(), report("step1", 300, 291, 292)));
		assertEquals(201, post("/results?name=%EB%AF%BC%EC%88%98", own(), report("step1", 10, 0, 0)));

		String shown = shown();

		assertTrue(shown.contains("\"name\":\"Anna\",\"stage\":\"step1\",\"trusted\":true,\"sent\":1000,"
				+ "\"lost_fresh\":291,\"lost_keep_alive\":292,\"outage_ms\":2930"), shown);
		assertTrue(shown.contains("\"guess\":300"), shown);
		assertTrue(shown.contains("민수"), shown);
	}

	@Test
	void shouldReplaceSomebodysOlderResult() throws IOException {
		post("/results?name=Anna", own(), report("step1", 300, 291, 292));
		post("/results?name=Anna", own(), report("step1", 300, 11, 12));

		assertFalse(shown().contains("291"));
	}

	@Test
	void shouldTakeNothingForAnotherSite() throws IOException {
		String report = report("step1", 300, 291, 292);

		assertEquals(403, post("/results?name=Anna", Map.of("Host", host()), report));
		assertEquals(403, post("/results?name=Anna", with(own(), "Origin", "http://evil.example"), report));
		assertEquals(403, post("/results?name=Anna", with(own(), "Host", "evil.example"), report));
		assertEquals(403, post("/clear", Map.of("Host", host()), ""));
		assertEquals(403, Http.status(Http.request(port(), "GET /", Map.of("Host", "evil.example:" + port()), "")));
		assertTrue(shown().contains("\"results\":[]"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "{}", "{\"modes\":{}}", "<script>alert(1)</script>", "\u0000\u0001",
			"{\"modes\":{\"fresh\":{\"sent\":\"1e999\"}}}" })
	void shouldRefuseWhatIsNoReport(String json) throws IOException {
		assertEquals(400, post("/results?name=Anna", own(), json));
		assertTrue(shown().contains("\"results\":[]"));
	}

	@Test
	void shouldRefuseNumbersThatCannotBe() throws IOException {
		assertEquals(400,
				post("/results", own(), report("step1", 0, 291, 292).replaceFirst("\"sent\":500", "\"sent\":501")));
		assertEquals(400, post("/results", own(), report("step1", 0, -1, 292)));
		assertEquals(400, post("/results", own(), "[".repeat(100_000)));
	}

	@Test
	void shouldRefuseWhatIsTooBig() throws IOException {
		assertEquals(413, post("/results", own(), " ".repeat(Board.MOST_BYTES + 1)));
	}

	@Test
	void shouldTakeOnlyTameTexts() throws IOException {
		post("/results?name=" + "%3Cimg%20src=x%20onerror=alert(1)%3E%0A%1B[31m%E2%80%AE" + "x".repeat(100), own(),
				report("<script>alert(1)</script>", 0, 1, 2));

		String shown = shown();

		assertTrue(shown.contains("\"name\":\"<img src=x onerror=alert(1)> [\",\"stage\":\"?\""), shown);
	}

	@Test
	void shouldTakeNoMoreThanAClassHas() throws IOException {
		Map<String, String> own = own();
		for (int i = 0; i < Board.MOST_RESULTS; i++) {
			assertEquals(201, post("/results?name=n" + i, own, report("step1", 0, 1, 2)));
		}

		assertEquals(409, post("/results?name=late", own, report("step1", 0, 1, 2)));
		assertEquals(201, post("/results?name=n7", own, report("step1", 0, 3, 4)));
		assertEquals(200, post("/clear", own, ""));
		assertTrue(shown().contains("\"results\":[]"));
	}

	@Test
	void shouldTakeResultsFromTheNetworkOnlyWhenAskedTo() throws IOException {
		this.board.close();
		this.board = Board.open(0, true);
		Map<String, String> curl = Map.of("Host", host());

		assertEquals(201, post("/results?name=Anna", curl, report("step1", 300, 291, 292)));
		assertEquals(403,
				post("/results?name=Eve", with(curl, "Origin", "http://evil.example"), report("step1", 0, 1, 2)));
		assertEquals(403, post("/clear", curl, ""));
		assertTrue(shown().contains("Anna"));
	}

	@Test
	void shouldSayThatItsPortIsTaken() {
		int port = port();

		LabException ex = assertThrows(LabException.class, () -> Board.open(port, false));

		assertEquals("port %d is taken: choose another with --port (0: any that is free)".formatted(port),
				ex.getMessage());
	}

	private int post(String path, Map<String, String> headers, String body) throws IOException {
		return Http.status(Http.request(port(), "POST " + path, headers, body));
	}

	/** What the page knows. */
	private Map<String, String> own() throws IOException {
		String page = Http.request(port(), "GET /", Map.of("Host", host()), "");
		Matcher token = Pattern.compile("name=\"token\" content=\"([^\"{]+)\"").matcher(page);
		assertTrue(token.find(), page);
		return Map.of("Host", host(), "Origin", "http://" + host(), "X-Workshop-Token", token.group(1));
	}

	private static Map<String, String> with(Map<String, String> headers, String name, String value) {
		Map<String, String> more = new HashMap<>(headers);
		more.put(name, value);
		return more;
	}

	/** What a page that is opened now shows. */
	private String shown() throws IOException {
		try (Socket socket = new Socket("127.0.0.1", port())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream()
				.write(("GET /events HTTP/1.1\r\nHost: " + host() + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
			StringBuilder text = new StringBuilder();
			byte[] buffer = new byte[65536];
			while (!text.toString().matches("(?s).*data: .*\\n\\n.*")) {
				text.append(new String(buffer, 0, socket.getInputStream().read(buffer), StandardCharsets.UTF_8));
			}
			return text.toString();
		}
	}

	private int port() {
		return URI.create(this.board.urls().get(0)).getPort();
	}

	private String host() {
		return "127.0.0.1:" + port();
	}

	static String report(String stage, long guess, long lostFresh, long lostKeepAlive) {
		return """
				{"url":"http://127.0.0.1:1/","rate_per_s":100,"started_at":"2026-11-25T10:00:00Z","duration_ms":5000,
				"trusted":true,"problems":[],"warmup":{"sent":0,"dropped":0},
				"modes":{"fresh":%s,"keep-alive":%s},"events":[],"command":null,
				"labels":{"stage":"%s","guess":"%d"}}""".formatted(mode(lostFresh), mode(lostKeepAlive), stage, guess);
	}

	private static String mode(long lost) {
		return """
				{"sent":500,"ok":%d,"dropped":%d,"drops_by_kind":{"refused":%d},"outages":[],"downtime_ms":2930,
				"latency_ms":null,"baseline_latency_ms":null,"command_latency_ms":null,"late_slots":0,
				"lateness_ms":null,"versions":{},"versions_overlap":null}""".formatted(500 - lost, lost, lost);
	}

}
