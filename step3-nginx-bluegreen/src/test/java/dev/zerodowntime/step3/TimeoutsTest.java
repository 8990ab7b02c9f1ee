package dev.zerodowntime.step3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every timeout stands in one file, and has to fit one in another. All in seconds. */
class TimeoutsTest {

	private static final String UPSTREAM_KEEPALIVE = "upstream blue \\{[^}]*\\bkeepalive_timeout (\\d+)s;";

	@Test
	void nginxShouldLetGoOfAnIdleInstanceBeforeTomcatDoes() throws IOException {
		assertThat(seconds("server/nginx/nginx.conf", UPSTREAM_KEEPALIVE)).isLessThan(
				seconds("src/main/resources/application.properties", "server.tomcat.keep-alive-timeout=(\\d+)s"));
	}

	@Test
	void drainShouldLastLongerThanNginxKeepsIdleInstancesAndALongRequest() throws IOException {
		assertThat(seconds("server/lib/settings.sh", "DRAIN_LIMIT=(\\d+)"))
			.isGreaterThanOrEqualTo(seconds("server/nginx/nginx.conf", UPSTREAM_KEEPALIVE) + 30);
	}

	/** The instances without the one that is taken out are asked in the same way. */
	@Test
	void nginxShouldLetGoOfThemAsSoonWhereOneIsOut() throws IOException {
		assertThat(seconds("server/lib/nginx.sh", "keepalive_timeout (\\d+)s;"))
			.isEqualTo(seconds("server/nginx/nginx.conf", UPSTREAM_KEEPALIVE));
	}

	@Test
	void drainShouldLastAsLongAsNginxWaitsForAnAnswer() throws IOException {
		assertThat(seconds("server/lib/settings.sh", "DRAIN_LIMIT=(\\d+)"))
			.isGreaterThanOrEqualTo(seconds("server/nginx/nginx.conf", "proxy_read_timeout (\\d+)s;"));
	}

	@Test
	void nginxShouldPassOnOnlyWhatHasJustCome() throws IOException {
		String nginx = "server/nginx/nginx.conf";
		int passedOn = seconds(nginx, "proxy_next_upstream_timeout (\\d+)s;");
		assertThat(passedOn).isGreaterThan(seconds(nginx, "proxy_connect_timeout (\\d+)s;"))
			.isLessThan(seconds(nginx, "proxy_read_timeout (\\d+)s;"));
	}

	@Test
	void nginxShouldKeepIdleVisitorsLongerThanItMustAtAReload() throws IOException {
		assertThat(seconds("server/nginx/nginx.conf", "\\bkeepalive_timeout (\\d+)s;"))
			.isGreaterThan(seconds("server/nginx/nginx.conf", "keepalive_min_timeout (\\d+)s;"));
	}

	@Test
	void dockerShouldWaitLongerThanSpring() throws IOException {
		assertThat(seconds("server/compose.yaml", "stop_grace_period: (\\d+)s"))
			.isGreaterThan(seconds("src/main/resources/application.properties", "timeout-per-shutdown-phase=(\\d+)s"));
	}

	private static int seconds(String file, String pattern) throws IOException {
		Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
		assertThat(matcher.find()).as("%s in %s", pattern, file).isTrue();
		return Integer.parseInt(matcher.group(1));
	}

}
