package dev.zerodowntime.browser;

import java.nio.file.Path;

import dev.zerodowntime.lab.Stage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody opens the site from a USB stick. */
class SiteIT extends InChromium {

	@Test
	void shouldBeSearchedWithoutAServer() {
		open("index.html");
		this.page.find("search").sendKeys("keepalive_min_timeout");
		this.page.await("found", "1. Keep-alive at the reload");
		assertThat(this.page.barriers()).isEmpty();
		this.page.picture("site-search");

		this.page.find("search").sendKeys("\n");

		this.page.await("text", "keepalive_min_timeout");
		assertThat(this.page.<String>run("return location.hash")).isNotEmpty();
		assertThat(this.page.problems()).isEmpty();
	}

	@Test
	void shouldBeSearchedInKorean() {
		open("docs/ko/index.html");
		this.page.find("search").sendKeys("롤백");
		this.page.await("a Korean page", () -> this.page.text("found").contains("용어집"));
		this.page.find("search").clear();
		this.page.find("search").sendKeys("zzzzz");
		this.page.await("found", "찾은 것이 없어요");
		assertThat(this.page.problems()).isEmpty();
	}

	@Test
	void shouldDrawItsDiagrams() {
		open("docs/en/why-blue-green-still-loses.html");
		this.page.await("four drawings",
				() -> this.page.<Long>run("return document.querySelectorAll('.mermaid svg').length") == 4);
		assertThat(this.page.barriers()).isEmpty();
		this.page.picture("site-chapter");
		assertThat(this.page.problems()).isEmpty();
	}

	@Test
	void shouldShowPicturesAndTheFilesItLinksTo() {
		open("step3-nginx-bluegreen/src/test/java/dev/zerodowntime/step3/WitnessIT.java.html");
		this.page.await("text", "class WitnessIT {");
		open("docs/ko/watching.html");
		assertThat(this.page.<Boolean>run("""
				return [...document.images].every((image) => image.complete && image.naturalWidth > 0)""")).isTrue();
		assertThat(this.page.problems()).isEmpty();
	}

	private void open(String path) {
		Path file = Stage.root().resolve("site/target/site").resolve(path);
		assertThat(file).as("the site is not built: ./mvnw package -pl site").exists();
		this.page.open(file.toUri().toString());
	}

}
