package dev.zerodowntime.step5;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The figures of the chapter: with the sessions in the database nobody is logged out,
 * with those in memory many are.
 */
@Tag("long")
class SessionsIT {

	private static final Pattern ROW = Pattern.compile("(.*?) +(\\d+) of 200 requests");

	@Test
	void shouldKeepEverybodyLoggedIn() {
		DataServer server = DataServer.with("v1");
		server.run("./deploy.sh", "v2").orThrow();
		List<String> figures = server.run("./figures.sh").orThrow().lines();
		assertThat(figures).hasSize(3);
		assertThat(figures.stream().map(SessionsIT::loggedOut).toList().subList(0, 2)).containsExactly(0, 0);
		assertThat(loggedOut(figures.get(2))).as(figures.get(2)).isPositive();
	}

	private static int loggedOut(String line) {
		Matcher row = ROW.matcher(line);
		assertThat(row.matches()).as(line).isTrue();
		return Integer.parseInt(row.group(2));
	}

}
