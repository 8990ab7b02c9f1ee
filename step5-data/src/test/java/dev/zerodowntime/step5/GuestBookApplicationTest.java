package dev.zerodowntime.step5;

import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** The service alone, with the database in memory that it has without settings. */
class GuestBookApplicationTest {

	static ConfigurableApplicationContext application;

	static RequestSpecification visitor;

	@BeforeAll
	static void start() {
		application = SpringApplication.run(GuestBookApplication.class, "--server.port=0",
				"--management.server.port=0");
		visitor = new RequestSpecBuilder().setBaseUri("http://127.0.0.1")
			.setPort(application.getEnvironment().getRequiredProperty("local.server.port", Integer.class))
			.build();
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void shouldShowTheVersionOnThePage() {
		given().get("/")
			.then()
			.statusCode(200)
			.contentType(ContentType.HTML)
			.header("X-App-Version", "dev")
			.body(containsString("<h1>dev</h1>"));
	}

	@Test
	void shouldKeepEntries() {
		sign("{ \"name\": \"  Ada \", \"message\": \"Hello, 안녕하세요\" }", null);
		sign("{ \"name\": \"Bea\", \"message\": \"Hello again\" }", null);
		given().get("/api/entries").then().statusCode(200).body("message", hasItem("Hello, 안녕하세요"));
		given().get("/api/entries?last=1").then().body("name", hasItem("Bea"));
	}

	@Test
	void shouldAddAnEntryOnceHoweverOftenItIsSent() {
		String body = "{ \"name\": \"Cleo\", \"message\": \"only once\" }";
		String first = sign(body, "key-1");
		assertEquals(first, sign(body, "key-1"));
		sign(body, "key-2");
		given().get("/api/entries").then().body("findAll { it.message == 'only once' }", hasSize(2));
	}

	@Test
	void shouldAddNothingInADryRun() {
		given().contentType(ContentType.JSON)
			.body("{ \"name\": \"Dora\", \"message\": \"not kept\" }")
			.post("/api/entries?dry-run=true")
			.then()
			.statusCode(201)
			.body("name", equalTo("Dora"));
		given().get("/api/entries").then().body("findAll { it.message == 'not kept' }", hasSize(0));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "{", "{}", "{ \"name\": \" \", \"message\": \"no name\" }", "{ \"name\": \"no message\" }",
					"{ \"name\": \"a name that is longer than the forty characters\", \"message\": \"hello\" }" })
	void shouldRefuseAnIncompleteEntry(String body) {
		given().contentType(ContentType.JSON)
			.body(body)
			.post("/api/entries")
			.then()
			.statusCode(400)
			.header("X-App-Version", "dev");
	}

	@Test
	void shouldKnowWhoHasLoggedIn() {
		given().get("/api/session").then().statusCode(401);
		String session = given().contentType(ContentType.JSON)
			.body("{ \"name\": \"Ada\" }")
			.post("/api/session")
			.then()
			.statusCode(200)
			.extract()
			.cookie("SESSION");
		given().cookie("SESSION", session).get("/api/session").then().statusCode(200).body("name", equalTo("Ada"));
	}

	/** The whole of its answer, which has the time. */
	private static String sign(String body, String key) {
		RequestSpecification request = given().contentType(ContentType.JSON).body(body);
		if (key != null) {
			request.header("Idempotency-Key", key);
		}
		return request.post("/api/entries").then().statusCode(201).extract().asString();
	}

	private static RequestSpecification given() {
		return RestAssured.given(visitor);
	}

}
