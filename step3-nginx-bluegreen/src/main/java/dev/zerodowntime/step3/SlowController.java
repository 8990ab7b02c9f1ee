package dev.zerodowntime.step3;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Stands for the report, the upload or the payment that is still running when the deploy
 * begins.
 */
@RestController
class SlowController {

	private static final long LIMIT_MS = 30_000;

	@GetMapping("/api/slow")
	Slept slow(@RequestParam(defaultValue = "1000") long ms) throws InterruptedException {
		if (ms < 0 || ms > LIMIT_MS) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "ms must be from 0 to " + LIMIT_MS);
		}
		Thread.sleep(ms);
		return new Slept(ms);
	}

	record Slept(long ms) {

	}

}
