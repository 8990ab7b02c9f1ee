package dev.zerodowntime.step5;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

@RestController
class PageController {

	private final String page;

	PageController(Release release) throws IOException {
		this.page = new ClassPathResource("page.html").getContentAsString(StandardCharsets.UTF_8)
			.replace("{version}", HtmlUtils.htmlEscape(release.version()))
			.replace("{colour}", HtmlUtils.htmlEscape(release.colour()))
			.replace("{host}", HtmlUtils.htmlEscape(release.host()))
			.replace("{pid}", Long.toString(release.pid()))
			.replace("{hue}", Integer.toString(hue(release.version())));
	}

	@GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
	String page() {
		return this.page;
	}

	/** A colour of its own for every version: neighbours end up far apart. */
	private static int hue(String version) {
		return Math.floorMod(version.hashCode() * 137, 360);
	}

}
