package dev.zerodowntime.step4;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Keeps the entries in a file, one JSON object a line, so that they survive a restart.
 */
@Component
class GuestBook {

	private final Path file;

	private final JsonMapper json;

	GuestBook(@Value("${guestbook.file}") Path file, JsonMapper json) throws IOException {
		this.file = file.toAbsolutePath();
		this.json = json;
		Files.createDirectories(this.file.getParent());
	}

	synchronized List<Entry> entries() throws IOException {
		if (Files.notExists(this.file)) {
			return List.of();
		}
		return Files.readAllLines(this.file).stream().map((line) -> this.json.readValue(line, Entry.class)).toList();
	}

	synchronized void add(Entry entry) throws IOException {
		Files.writeString(this.file, this.json.writeValueAsString(entry) + "\n", StandardOpenOption.CREATE,
				StandardOpenOption.APPEND);
	}

}
