package dev.zerodowntime.step5;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/api/entries")
class GuestBookController {

	private static final String ALL = "2147483647";

	private final GuestBook guestBook;

	GuestBookController(GuestBook guestBook) {
		this.guestBook = guestBook;
	}

	@GetMapping
	List<Entry> entries(@RequestParam(defaultValue = ALL) int last) {
		return this.guestBook.last(last);
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	Entry add(@RequestBody NewEntry form,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
			@RequestParam(name = "dry-run", defaultValue = "false") boolean dryRun) {
		Entry entry = new Entry(checked("name", form.name(), 40), checked("message", form.message(), 280),
				// A database keeps no more
				Instant.now().truncatedTo(ChronoUnit.MICROS));
		if (dryRun) {
			return this.guestBook.tryToAdd(entry);
		}
		return this.guestBook.add(entry, (key != null) ? checked("Idempotency-Key", key, 64) : null);
	}

	private static String checked(String field, @Nullable String value, int limit) {
		if (value == null || value.isBlank() || value.strip().length() > limit) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"%s must have 1 to %d characters".formatted(field, limit));
		}
		return value.strip();
	}

	record NewEntry(@Nullable String name, @Nullable String message) {

	}

}
