package dev.zerodowntime.browser;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.zerodowntime.probe.model.ModeReport;
import dev.zerodowntime.probe.model.Report;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody opens the live page and deploys. */
class LivePageIT extends InChromium {

	private static final double RATE = 100;

	/**
	 * What is tried is the page, so v1 and v2 are releases that boot at once: a JVM that
	 * boots beside a browser takes a minute. Nobody waits for the end of the bake time.
	 */
	private static final String BOOT_AT_ONCE = """
			./little-release.sh v1 && ./little-release.sh v2 && echo BAKE=120 WARMUP_ROUNDS=2 >>settings.sh
			""";

	@Test
	void shouldShowTheHoleThatStopAndStartMakes() throws Exception {
		try (Watched watched = Watched.start("step1", RATE); Chromium other = Chromium.start()) {
			this.page.open(watched.url()).await("live", "v1");
			other.open(watched.url()).await("live", "v1");
			awaitSomeSeconds();
			this.page.click("deploy");
			this.page.await("live", "v2");
			this.page.await("doing", "no deploy is running");
			assertThat(this.page.number("lost")).isPositive();
			assertThat(this.page.text("lines")).contains("$ ./deploy.sh v2", "==> v2 answers");
			assertThat(this.page.text("key")).contains("answered by v1", "answered by v2", "lost: ");
			assertThat(this.page.barriers()).isEmpty();
			this.page.picture("live-step1");
			other.await("live", "v2");

			Report report = watched.stop().report();

			this.page.await("notice", "The measurement has ended");
			other.await("notice", "The measurement has ended");
			assertThat(marks(this.page)).isEqualTo(counts(report));
			assertThat(marks(other)).isEqualTo(counts(report));
			assertThat(this.page.number("sent")).isEqualTo(sent(report));
			assertThat(this.page.number("lost")).isEqualTo(report.totalDropped());
			assertThat(this.page.problems()).isEmpty();
			assertThat(other.problems()).isEmpty();
		}
	}

	@Test
	void shouldShowBlueTurnGreenWithoutOneRedMark() throws Exception {
		try (Watched watched = Watched.start("step3", RATE, BOOT_AT_ONCE)) {
			this.page.open(watched.url()).await("live", "v1");
			awaitSomeSeconds();
			this.page.click("deploy");
			this.page.await("live", "v2");
			this.page.await("lines", "blue stays warm");
			this.page.picture("live-step3");
			this.page.click("rollback");
			this.page.await("live", "v1");
			this.page.await("doing", "no deploy is running");

			Report report = watched.stop().report();

			this.page.await("notice", "The measurement has ended");
			// That a browser on the same machine makes the probe late is not what is
			// tried
			assertThat(report.totalDropped()).as("%s", report.modes()).isZero();
			assertThat(marks(this.page)).isEqualTo(counts(report));
			assertThat(this.page.text("lost")).isEqualTo("0");
			assertThat(this.page.text("key")).doesNotContain("lost");
			assertThat(this.page.problems()).isEmpty();
		}
	}

	@Test
	void shouldBeginAnew() {
		try (Watched watched = Watched.start("step1", RATE)) {
			this.page.open(watched.url()).await("live", "v1");
			watched.server().exec("told", "./deploy.sh", "v2").orThrow();
			this.page.await("live", "v2");
			this.page.await("lines", "v2 answers");

			this.page.click("reset");

			this.page.await("a count without a loss",
					() -> this.page.number("lost") == 0 && this.page.number("sent") > 0);
			this.page.await("live", "v1");
			assertThat(this.page.text("lines")).isEmpty();
			assertThat(this.page.problems()).isEmpty();
		}
	}

	@Test
	void shouldObeyTheKeyboardAndSpeakKorean() {
		try (Watched watched = Watched.start("step1", RATE)) {
			this.page.open(watched.url()).await("live", "v1");
			assertThat(this.page.text("window")).isEqualTo("30 s");
			this.page.press("-");
			assertThat(this.page.text("window")).isEqualTo("1 min");
			this.page.press("+");
			this.page.press("+");
			assertThat(this.page.text("window")).isEqualTo("20 s");
			this.page.press(Keys.SPACE);
			assertThat(this.page.text("pause")).isEqualTo("Go on");
			this.page.press(Keys.ARROW_LEFT);
			this.page.press("p");
			assertThat(this.page.text("pause")).isEqualTo("Pause");

			this.page.click("language");

			assertThat(this.page.text("pause")).isEqualTo("일시 정지");
			assertThat(this.page.<String>run("return document.documentElement.lang")).isEqualTo("ko");
			this.page.await("doing", "진행 중인 배포가 없어요");
			assertThat(this.page.barriers()).isEmpty();
			this.page.picture("live-step1-ko");
			assertThat(this.page.problems()).isEmpty();

			this.page.press("p");
			this.page.run("window.workshop.comeBack()");
			assertThat(this.page.text("pause")).as("after a lost connection").isEqualTo("계속");
		}
	}

	@Test
	void shouldSayThatTheServerIsGone() {
		try (Watched watched = Watched.start("step1", RATE)) {
			this.page.open(watched.url()).await("live", "v1");

			watched.server().close();

			this.page.await("notice", "the step1 server is gone: ./workshop up step1");
			this.page.picture("live-gone");
		}
	}

	/** So that a picture shows how it was before. */
	private void awaitSomeSeconds() {
		this.page.await("1500 requests", () -> this.page.number("sent") > 1500);
	}

	private static Map<String, Object> marks(Chromium page) {
		return page.run("return window.workshop.marks()");
	}

	/** As the page counts them. */
	private static Map<String, Object> counts(Report report) {
		Map<String, Object> counts = new LinkedHashMap<>();
		report.modes()
			.forEach((mode, found) -> counts.put(mode.label(), Map.of("sent", found.sent(), "ok", found.ok(), "dropped",
					found.dropped(), "versions", found.versions(), "drops_by_kind", found.dropsByKind())));
		return counts;
	}

	private static long sent(Report report) {
		return report.modes().values().stream().mapToLong(ModeReport::sent).sum();
	}

}
