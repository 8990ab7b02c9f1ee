package dev.zerodowntime.step4;

import java.nio.file.Files;
import java.nio.file.Path;

import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

class GuestBookApplicationTest {

	@TempDir
	static Path workingDirectory;

	static ConfigurableApplicationContext application;

	static RequestSpecification visitor;

	@BeforeAll
	static void start() {
		application = SpringApplication.run(GuestBookApplication.class, "--server.port=0", "--management.server.port=0",
				"--guestbook.file=" + file());
		visitor = new RequestSpecBuilder().setBaseUri("http://127.0.0.1")
			.setPort(application.getEnvironment().getRequiredProperty("local.server.port", Integer.class))
			.build();
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void shouldShowVersionAndHostOnThePage() {
		given().get("/")
			.then()
			.statusCode(200)
			.contentType(ContentType.HTML)
			.body(containsString("<h1>dev</h1>"))
			.body(containsString("<code>" + Release.running("none").host() + "</code>"))
			.body(not(containsString("{host}")));
	}

	@Test
	void shouldTellVersionHostAndProcess() {
		given().get("/api/version")
			.then()
			.statusCode(200)
			.header("X-App-Colour", "none")
			.body("version", equalTo("dev"))
			.body("colour", equalTo("none"))
			.body("host", equalTo(Release.running("none").host()))
			.body("pid", equalTo((int) ProcessHandle.current().pid()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/api/version", "/api/entries", "/nothing/here" })
	void shouldPutTheVersionOnEveryAnswer(String path) {
		given().get(path).then().header("X-App-Version", "dev");
	}

	@Test
	void shouldKeepEntriesInAFile() throws Exception {
		given().contentType(ContentType.JSON)
			.body("""
					{ "name": "  Ada ", "message": "Hello, 안녕하세요" }""")
			.post("/api/entries")
			.then()
			.statusCode(201)
			.body("name", equalTo("Ada"));
		given().get("/api/entries").then().statusCode(200).body("message", hasItem("Hello, 안녕하세요"));
		assertEquals(1, Files.readAllLines(file()).stream().filter((line) -> line.contains("Ada")).count());
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

	private static Path file() {
		return workingDirectory.resolve("data/entries.jsonl");
	}

	private static RequestSpecification given() {
		return RestAssured.given(visitor);
	}

}
