package dev.zerodowntime.site;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The site that the build has just made. */
class SiteTest {

	private static final Path SITE = Path.of("target/site");

	private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

	@Test
	void shouldHoldWhatItsPagesLinkTo() throws IOException {
		List<String> broken = new ArrayList<>();
		int links = 0;
		for (Path page : pages()) {
			Matcher link = LINK.matcher(Files.readString(page));
			while (link.find()) {
				if (!link.group(1).matches("[a-z]+:.*")) {
					links++;
					String problem = problem(page, link.group(1));
					if (!problem.isEmpty()) {
						broken.add("%s: %s: %s".formatted(SITE.relativize(page), link.group(1), problem));
					}
				}
			}
		}
		assertEquals("", String.join("\n", broken));
		assertTrue(links > 1000, "links: " + links);
	}

	@Test
	void shouldNeedNothingFromElsewhere() throws IOException {
		for (Path page : pages()) {
			Matcher loaded = Pattern.compile("<(?:script|link|img|iframe)[^>]*(?:src|href)=\"https?:[^>]*>")
				.matcher(Files.readString(page));
			assertFalse(loaded.find(), () -> page + " loads " + loaded.group());
		}
	}

	@Test
	void shouldFindEveryChapterInBothLanguages() throws IOException {
		String sections = Files.readString(SITE.resolve("search.js"));
		for (String url : List.of("step1-downtime-deploy/index.html", "step3-nginx-bluegreen/index.ko.html",
				"docs/en/own-vm.html", "docs/en/your-own-service.html", "docs/ko/reference/probe.html")) {
			assertTrue(sections.contains("\"url\":\"" + url), url);
		}
	}

	private static String problem(Path page, String link) throws IOException {
		int hash = link.indexOf('#');
		String path = URLDecoder.decode((hash < 0) ? link : link.substring(0, hash), StandardCharsets.UTF_8);
		Path target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
		if (!Files.isRegularFile(target)) {
			return "no such file";
		}
		String anchor = (hash < 0) ? "" : URLDecoder.decode(link.substring(hash + 1), StandardCharsets.UTF_8);
		return (anchor.isEmpty() || Files.readString(target).contains("id=\"" + anchor + "\"")) ? ""
				: "no such heading";
	}

	private static List<Path> pages() throws IOException {
		try (Stream<Path> files = Files.walk(SITE)) {
			return files.filter((file) -> file.toString().endsWith(".html")).sorted().toList();
		}
	}

}
