package dev.zerodowntime.step4;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/api/entries")
class GuestBookController {

	private final GuestBook guestBook;

	GuestBookController(GuestBook guestBook) {
		this.guestBook = guestBook;
	}

	@GetMapping
	List<Entry> entries() throws IOException {
		return this.guestBook.entries();
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	Entry add(@RequestBody NewEntry form) throws IOException {
		Entry entry = new Entry(checked("name", form.name(), 40), checked("message", form.message(), 280),
				Instant.now());
		this.guestBook.add(entry);
		return entry;
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
