package dev.zerodowntime.step5;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class VersionController {

	private final Release release;

	VersionController(Release release) {
		this.release = release;
	}

	@GetMapping("/api/version")
	Release version() {
		return this.release;
	}

}
