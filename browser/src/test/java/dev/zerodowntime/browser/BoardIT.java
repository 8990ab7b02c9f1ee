package dev.zerodowntime.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.zerodowntime.lab.live.Board;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A class hands in its results. */
class BoardIT extends InChromium {

	/** Lost requests, and what was guessed before; the last one's laptop was slow. */
	private static final List<List<Integer>> CLASS = List.of(List.of(583, 300), List.of(566, 20), List.of(601, 1000),
			List.of(590, 600), List.of(571, 0), List.of(612, 450), List.of(1480, 100));

	@TempDir
	private Path files;

	@Test
	void shouldShowEverybodysNumbers() throws IOException {
		try (Board board = Board.open(0, false)) {
			this.page.open(board.urls().get(0)).await("doing", "no results yet");
			assertThat(this.page.barriers()).isEmpty();

			for (int i = 0; i < CLASS.size(); i++) {
				handIn("learner %d.json".formatted(i + 1), report(CLASS.get(i).get(0), CLASS.get(i).get(1)));
				this.page.await("stages", "learner " + (i + 1));
			}

			assertThat(this.page.text("stages")).contains("step1", "7 results", "median 590 lost, from 566 to 1480",
					"closest guess: learner 4, off by 10", "▲ learner 7");
			assertThat(this.page.<Long>run("return document.querySelectorAll('.compare .truth').length")).isEqualTo(7);
			assertThat(this.page.barriers()).isEmpty();
			this.page.picture("board");
			this.page.click("language");
			assertThat(this.page.text("stages")).contains("유실 중앙값 590건");
			assertThat(this.page.problems()).isEmpty();
		}
	}

	@Test
	void shouldStayCalmWhateverIsDropped() throws IOException {
		try (Board board = Board.open(0, false)) {
			this.page.open(board.urls().get(0)).await("doing", "no results yet");

			handIn("page.json", "<script>document.title = 'owned'</script>");
			this.page.await("notice", "page.json: not a report of the probe");
			handIn("huge.json", " ".repeat(300_000));
			this.page.await("notice", "huge.json: too big for a report");
			this.page.find("name").sendKeys("<img src=x onerror=alert(1)>");
			handIn("sly.json", report(7, 7).replace("step1", "<b>step1</b>"));
			this.page.await("stages", "<img src=x onerror=alert(1)>");

			assertThat(this.page.text("stages")).startsWith("?");
			assertThat(this.page.<Long>run("return document.querySelectorAll('img, b').length")).isZero();
			assertThat(this.page.<String>run("return document.title")).isEqualTo("Class board");
			this.page.click("clear");
			this.page.await("doing", "no results yet");
		}
	}

	private void handIn(String name, String content) throws IOException {
		Path file = Files.writeString(this.files.resolve(name), content);
		this.page.find("files").sendKeys(file.toString());
	}

	private static String report(int lost, int guess) {
		int fresh = lost / 2;
		return """
				{"url":"http://127.0.0.1:1/","rate_per_s":100,"started_at":"2026-11-25T10:00:00Z","duration_ms":5000,
				"trusted":true,"problems":[],"warmup":{"sent":0,"dropped":0},
				"modes":{"fresh":%s,"keep-alive":%s},"events":[],
				"command":{"line":["./deploy.sh","v2"],"exit_code":0,"from_ms":3000,"to_ms":6300,"output":[]},
				"labels":{"stage":"step1","guess":"%d"}}""".formatted(mode(fresh), mode(lost - fresh), guess);
	}

	private static String mode(int lost) {
		return """
				{"sent":2000,"ok":%d,"dropped":%d,"drops_by_kind":{"refused":%2$d},"outages":[],"downtime_ms":%d,
				"latency_ms":null,"baseline_latency_ms":{"p50":1,"p99":5.2,"max":9},
				"command_latency_ms":{"p50":1,"p99":194.8,"max":220},"late_slots":0,"lateness_ms":null,"versions":{},
				"versions_overlap":null}""".formatted(2000 - lost, lost, lost * 10);
	}

}
