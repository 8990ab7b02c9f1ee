package dev.zerodowntime.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.zerodowntime.probe.FaultServer.Fault;
import dev.zerodowntime.probe.FaultServer.Head;
import io.restassured.RestAssured;
import okhttp3.OkHttp;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.VersionInfo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Why the probe has an HTTP client of its own: common clients, as they come, hide
 * requests the server lost. Each asks a server that fails one request and counts what it
 * was asked; the test ends the day a client changes.
 *
 * <p>
 * Run with {@code -Ddocs.update=true} to write what was measured into the documentation;
 * otherwise the documentation must say what is measured.
 */
@Timeout(120)
class HiddenDropsTest {

	private static final List<Path> PAGES = List.of(Repository.file("docs/en/clients-that-hide-drops.md"),
			Repository.file("docs/ko/clients-that-hide-drops.md"));

	private static final Pattern GENERATED = Pattern.compile("(?<=<!-- generated -->\n).*(?=<!-- /generated -->)",
			Pattern.DOTALL);

	private static final String JDK = "java.net.http.HttpClient";

	private static final String URL_CONNECTION = "HttpURLConnection";

	private static final String APACHE = "Apache HttpClient "
			+ VersionInfo.loadVersionInfo("org.apache.hc.client5", HttpClients.class.getClassLoader()).getRelease();

	private static final String OK_HTTP = "OkHttp " + OkHttp.VERSION;

	private static final String REST_ASSURED = "REST Assured, on Apache HttpClient " + org.apache.http.util.VersionInfo
		.loadVersionInfo("org.apache.http.client", RestAssured.class.getClassLoader())
		.getRelease();

	private static final Map<Fault, String> FAULTS = new LinkedHashMap<>();

	static {
		FAULTS.put(Fault.FIN, "closed");
		FAULTS.put(Fault.RST, "reset");
		FAULTS.put(Fault.STATUS_503, "503");
		FAULTS.put(Fault.CUT_OFF_FIN, "body cut off");
		FAULTS.put(Fault.CUT_OFF_CHUNKED, "chunked body cut off");
		FAULTS.put(Fault.CUT_OFF_HEADERS, "cut off in a header");
		FAULTS.put(Fault.CUT_OFF_BETWEEN_HEADERS, "cut off between headers");
	}

	private static final Map<String, Supplier<Client>> CLIENTS = new LinkedHashMap<>();

	static {
		CLIENTS.put(JDK, JdkClient::new);
		CLIENTS.put(URL_CONNECTION, () -> HiddenDropsTest::httpUrlConnection);
		CLIENTS.put(APACHE, ApacheClient::new);
		CLIENTS.put(OK_HTTP, OkHttpAsItComes::new);
		CLIENTS.put(REST_ASSURED, () -> HiddenDropsTest::restAssured);
	}

	private static final Map<Case, Seen> MEASURED = new LinkedHashMap<>();

	@BeforeAll
	static void measure() throws Exception {
		ExecutorService oneByOne = Executors.newSingleThreadExecutor();
		// It waits a second before it sends again, and each case has a client and a
		// server.
		ExecutorService apache = Executors.newFixedThreadPool(8);
		try {
			Map<Case, Future<Seen>> running = new LinkedHashMap<>();
			for (Case each : cases()) {
				running.put(each, (each.client().equals(APACHE) ? apache : oneByOne).submit(() -> seen(each)));
			}
			for (Map.Entry<Case, Future<Seen>> each : running.entrySet()) {
				MEASURED.put(each.getKey(), each.getValue().get(60, TimeUnit.SECONDS));
			}
		}
		finally {
			oneByOne.shutdownNow();
			apache.shutdownNow();
		}
	}

	private static List<Case> cases() {
		List<Case> cases = new ArrayList<>();
		for (String client : CLIENTS.keySet()) {
			for (boolean post : new boolean[] { false, true }) {
				for (boolean reused : new boolean[] { false, true }) {
					FAULTS.keySet().forEach((fault) -> cases.add(new Case(client, post, reused, fault)));
				}
			}
		}
		return cases;
	}

	@Test
	void theDocumentationSaysWhatIsMeasured() throws IOException {
		String table = table();
		for (Path page : PAGES) {
			String text = Files.readString(page);
			String updated = GENERATED.matcher(text).replaceFirst(Matcher.quoteReplacement(table));
			if (Boolean.getBoolean("docs.update")) {
				Files.writeString(page, updated);
			}
			else {
				assertThat(text).as("run this test with -Ddocs.update=true and look at what changed in " + page)
					.isEqualTo(updated);
			}
		}
	}

	@Test
	void allButOneHideAGetThatWasLostOnANewConnection() {
		for (Fault fault : List.of(Fault.FIN, Fault.RST)) {
			assertThat(hiddenBy(false, false, fault)).containsExactly(JDK, URL_CONNECTION, APACHE, REST_ASSURED);
		}
	}

	@Test
	void allHideAGetThatWasLostOnAConnectionTheyReuse() {
		for (Fault fault : List.of(Fault.FIN, Fault.RST)) {
			assertThat(hiddenBy(false, true, fault)).containsExactly(JDK, URL_CONNECTION, APACHE, OK_HTTP);
		}
		assertThat(MEASURED.get(new Case(REST_ASSURED, false, true, Fault.FIN))).isEqualTo(Seen.NOT_REUSED);
	}

	@Test
	void twoHideEvenAPost() {
		assertThat(hiddenBy(true, false, Fault.FIN)).containsExactly(URL_CONNECTION);
		assertThat(hiddenBy(true, true, Fault.FIN)).containsExactly(URL_CONNECTION, OK_HTTP);
	}

	@Test
	void oneHidesA503EvenOfAPost() {
		assertThat(hiddenBy(false, false, Fault.STATUS_503)).containsExactly(APACHE);
		assertThat(hiddenBy(true, false, Fault.STATUS_503)).containsExactly(APACHE);
	}

	@Test
	void onlyAnOldJdkTakesHalfABodyForAWholeOne() {
		// JDK-8335135, fixed in 24; some vendors have it in updates of older ones as well
		List<String> urlConnection = (Runtime.version().feature() < 24) ? List.of(URL_CONNECTION) : List.of();
		assertThat(takingForWhole(Fault.CUT_OFF_FIN)).isSubsetOf(urlConnection);
	}

	@Test
	void threeTakeHalfAHeadForAnAnswer() {
		assertThat(takingForWhole(Fault.CUT_OFF_BETWEEN_HEADERS)).containsExactly(URL_CONNECTION, APACHE, REST_ASSURED);
	}

	private static List<String> hiddenBy(boolean post, boolean reused, Fault fault) {
		return CLIENTS.keySet()
			.stream()
			.filter((client) -> MEASURED.get(new Case(client, post, reused, fault)) == Seen.HIDDEN)
			.toList();
	}

	private static List<String> takingForWhole(Fault fault) {
		return CLIENTS.keySet()
			.stream()
			.filter((client) -> MEASURED.get(new Case(client, false, false, fault)) == Seen.TAKEN_FOR_WHOLE)
			.toList();
	}

	/** What one client makes of one failed request. */
	private static Seen seen(Case tried) throws Exception {
		int failing = tried.reused() ? 1 : 0;
		try (FaultServer server = FaultServer
			.of((request, onConnection) -> (request == failing) ? tried.fault() : Fault.NONE);
				Client client = CLIENTS.get(tried.client()).get()) {
			if (tried.reused()) {
				client.ask(server.url(), false);
			}
			String content;
			try {
				content = client.ask(server.url(), tried.post());
			}
			catch (Exception ex) {
				content = null;
			}
			List<Head> heads = server.log();
			assertThat(server.heads(tried.fault())).as("failed requests, %s", tried).isEqualTo(1);
			if (tried.reused() && heads.get(failing).onConnection() == 0) {
				return Seen.NOT_REUSED;
			}
			// The truth is the server's count: what the client believes to have sent says
			// nothing.
			int sent = heads.size() - failing;
			if (content == null) {
				assertThat(sent).as("requests behind an error, %s", tried).isEqualTo(1);
				return Seen.REPORTED;
			}
			if (sent > 1) {
				assertThat(content).as("content, %s", tried).isEqualTo(FaultServer.CONTENT);
				return Seen.HIDDEN;
			}
			return Seen.TAKEN_FOR_WHOLE;
		}
	}

	private static String table() {
		StringJoiner header = new StringJoiner(" | ", "| client | request | ", " |\n");
		FAULTS.values().forEach(header::add);
		StringBuilder table = new StringBuilder(header.toString()).append("| --- | --- |")
			.append(" --- |".repeat(FAULTS.size()))
			.append('\n');
		Map<String, StringJoiner> rows = new LinkedHashMap<>();
		MEASURED.entrySet()
			.stream()
			.filter((one) -> one.getValue() != Seen.NOT_REUSED)
			.forEach((one) -> rows
				.computeIfAbsent(one.getKey().row(), (row) -> new StringJoiner(" | ", "| " + row + " | ", " |\n"))
				.add(text(one.getKey(), one.getValue())));
		rows.values().forEach(table::append);
		return table.toString();
	}

	/** The one column in which JDKs differ says so, whichever of them runs. */
	private static String text(Case tried, Seen seen) {
		return (tried.client().equals(URL_CONNECTION) && tried.fault() == Fault.CUT_OFF_FIN)
				? Seen.TAKEN_FOR_WHOLE.text + " before JDK 24" : seen.text;
	}

	private static String httpUrlConnection(URI url, boolean post) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
		if (post) {
			connection.setRequestMethod("POST");
			connection.setDoOutput(true);
			connection.getOutputStream().write("content".getBytes(StandardCharsets.US_ASCII));
		}
		try (InputStream in = connection.getInputStream()) {
			return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
		}
	}

	private static String restAssured(URI url, boolean post) {
		io.restassured.response.Response response = post ? RestAssured.given().body("content").post(url)
				: RestAssured.get(url);
		return orThrow(response.statusCode(), response.body().asString());
	}

	private static String orThrow(int status, String content) {
		if (status != 200) {
			throw new IllegalStateException("status " + status);
		}
		return content;
	}

	/** A client as it comes, with nothing configured. */
	@FunctionalInterface
	private interface Client extends AutoCloseable {

		/** Returns the content of an answer with status 200, else throws. */
		String ask(URI url, boolean post) throws Exception;

		@Override
		default void close() throws Exception {
		}

	}

	private static final class JdkClient implements Client {

		private final HttpClient client = HttpClient.newHttpClient();

		@Override
		public String ask(URI url, boolean post) throws Exception {
			HttpRequest.Builder request = HttpRequest.newBuilder(url);
			if (post) {
				request.POST(BodyPublishers.ofString("content"));
			}
			HttpResponse<String> response = this.client.send(request.build(), BodyHandlers.ofString());
			return orThrow(response.statusCode(), response.body());
		}

	}

	private static final class ApacheClient implements Client {

		private final CloseableHttpClient client = HttpClients.createDefault();

		@Override
		public String ask(URI url, boolean post) throws Exception {
			HttpUriRequestBase request = new HttpUriRequestBase(post ? "POST" : "GET", url);
			if (post) {
				request.setEntity(new StringEntity("content"));
			}
			return this.client.execute(request,
					(response) -> orThrow(response.getCode(), EntityUtils.toString(response.getEntity())));
		}

		@Override
		public void close() throws IOException {
			this.client.close();
		}

	}

	private static final class OkHttpAsItComes implements Client {

		private final OkHttpClient client = new OkHttpClient();

		@Override
		public String ask(URI url, boolean post) throws Exception {
			okhttp3.Request.Builder request = new okhttp3.Request.Builder().url(url.toString());
			if (post) {
				request.post(RequestBody.create("content".getBytes(StandardCharsets.US_ASCII)));
			}
			try (Response response = this.client.newCall(request.build()).execute()) {
				return orThrow(response.code(), response.body().string());
			}
		}

		@Override
		public void close() {
			this.client.connectionPool().evictAll();
			this.client.dispatcher().executorService().shutdown();
		}

	}

	private record Case(String client, boolean post, boolean reused, Fault fault) {

		String row() {
			return this.client + " | " + (this.post ? "POST" : "GET") + ", " + (this.reused ? "reused" : "new")
					+ " connection";
		}

	}

	/** What the client's caller gets to know of a request the server lost. */
	private enum Seen {

		/** A good answer: the client has sent the request a second time. */
		HIDDEN("**hidden**"),

		/** An answer with status 200, though it was cut off. */
		TAKEN_FOR_WHOLE("**taken for whole**"),

		/** An error or a status. */
		REPORTED("reported"),

		/** The client did not reuse the connection. */
		NOT_REUSED("not reused");

		private final String text;

		Seen(String text) {
			this.text = text;
		}

	}

}
