package dev.zerodowntime.step5;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.springframework.core.io.ClassPathResource;

/** A statement of this release. */
record Sql(String text) {

	static Sql named(String name) throws IOException {
		return new Sql(new ClassPathResource("sql/" + name + ".sql").getContentAsString(StandardCharsets.UTF_8));
	}

}
