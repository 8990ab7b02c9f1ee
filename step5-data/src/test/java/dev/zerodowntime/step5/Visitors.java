package dev.zerodowntime.step5;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/** Visitors who are logged in, each with a session. */
final class Visitors {

	private static final String PATH = "/api/session";

	private final List<String> sessions = new ArrayList<>();

	/**
	 * Logs visitors in.
	 * @param service where
	 * @param count how many
	 */
	static Visitors logIn(URI service, int count) {
		Visitors visitors = new Visitors();
		for (int i = 0; i < count; i++) {
			visitors.sessions.add(request().contentType(ContentType.JSON)
				.body("{ \"name\": \"visitor %d\" }".formatted(i))
				.post(service + PATH)
				.then()
				.statusCode(200)
				.extract()
				.cookie("SESSION"));
		}
		return visitors;
	}

	/** How many of them the service does not know any more. */
	long loggedOut(URI service) {
		return this.sessions.stream()
			.filter((session) -> request().cookie("SESSION", session).get(service + PATH).statusCode() != 200)
			.count();
	}

	/** On a connection of its own, or the next drain would wait for it to end. */
	private static RequestSpecification request() {
		return RestAssured.given().header("Connection", "close");
	}

}
