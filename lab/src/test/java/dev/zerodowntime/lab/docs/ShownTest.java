package dev.zerodowntime.lab.docs;

import java.nio.file.Path;
import java.util.List;

import dev.zerodowntime.lab.Stage;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the comparison of pages with what was printed lets pass. */
class ShownTest {

	@Test
	void shouldAllowAnotherMachinesNumbers() {
		assertTrue(Shown.isLike("ok       memory        24105 MB", "ok   memory  16000 MB"));
		assertTrue(Shown.isLike("a rollback has switched after  393ms", "a rollback has switched after   1200ms"));
		assertTrue(Shown.isLike("engine 20.10.24+dfsg1", "engine 28.5.1+dfsg2"));
	}

	@Test
	void shouldNotTakeSomethingForNothing() {
		assertFalse(Shown.isLike("Lost 0 of 827", "Lost 1 of 827"));
		assertFalse(Shown.isLike("Lost 292 of 827", "Lost 0 of 827"));
		assertFalse(Shown.isLike("took 1 s", "took 11 s"));
	}

	@Test
	void shouldTakeVersionsAndStatusesForWords() {
		assertTrue(Shown.isLike("http-502 after 22.64 s", "http-502 after 18.1 s"));
		assertFalse(Shown.isLike("http-502 after 22.64 s", "http-200 after 22.64 s"));
		assertFalse(Shown.isLike("==> v2 answers", "==> v1 answers"));
		assertFalse(Shown.isLike("==> v12 answers", "==> v13 answers"));
	}

	@Test
	void shouldInsistOnTheWords() {
		assertFalse(Shown.isLike("==> v2 is live", "==> v2 is alive"));
		assertEquals(List.of("==> drained"),
				Shown.missing(List.of("==> drained", "", "==> v2 is live"), List.of("==> v2 is live")));
	}

	@Test
	void shouldTypeWhatAReaderTypes() {
		Typing typing = Typing.of(Page.of(Path.of("a.md"), """
				```sh
				./workshop up step1     # first
				./workshop shell step1
				```

				Then, on the server:

				```sh
				cd desk
				$ ./deploy.sh v9
				```

				```sh
				./workshop deploy step1 v9   # fails: there is none
				```

				```text
				there is none
				```

				<!-- not typed: needs a server of yours -->
				```sh
				ssh SERVER
				```
				"""));

		assertEquals(
				List.of(step("./workshop up step1", false),
						new Typing.Step("./workshop shell step1", List.of("cd desk", "./deploy.sh v9"), false,
								List.of()),
						step("./workshop deploy step1 v9", true),
						new Typing.Step("", List.of(), false, List.of("there is none"))),
				typing.steps());
		assertEquals(List.of("a.md: needs a server of yours"), typing.left());
	}

	@Test
	void shouldUnderstandEveryChapter() {
		for (String page : TypedThrough.PAGES) {
			assertFalse(Typing.of(Page.read(Stage.root().resolve(page))).steps().isEmpty(), page);
		}
	}

	@Test
	void shouldTypeNothingOnThisMachineThatIsMeantForAServer() {
		Page page = Page.of(Path.of("a.md"), "```sh\nrm -r releases\n```\n");

		assertThrows(IllegalArgumentException.class, () -> Typing.of(page));
	}

	private static Typing.Step step(String command, boolean fails) {
		return new Typing.Step(command, List.of(), fails, List.of());
	}

}
