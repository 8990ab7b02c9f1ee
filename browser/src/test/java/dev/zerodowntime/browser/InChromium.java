package dev.zerodowntime.browser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Each test has a browser of its own. */
abstract class InChromium {

	Chromium page;

	@BeforeEach
	void start() {
		this.page = Chromium.start();
	}

	@AfterEach
	void stop() {
		this.page.close();
	}

}
