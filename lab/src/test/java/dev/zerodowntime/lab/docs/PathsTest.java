package dev.zerodowntime.lab.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.zerodowntime.lab.Stage;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What looks like a file's name in a text is one. */
class PathsTest {

	private static final Pattern PATH = Pattern.compile("(?:\\./)?[\\w@-][\\w.@-]*(?:/[\\w.@-]+)*/?");

	private static final Pattern FILE = Pattern
		.compile(".*\\.(sh|java|md|yml|yaml|json|properties|conf|xml|patch|txt|html|jar|tar|pem)");

	/** Made by a build, a run or a deploy; or the reader's own. */
	private static final Pattern NOT_IN_THE_REPOSITORY = Pattern.compile(
			"((app|bluegreen)/\\w+\\.sh)|(target|report|releases|log|kit|tls|keys|runs|deploys|images|nginx/live|probe/target)/.*"
					+ "|(app|guest-book|probe|lab)\\.jar|image\\.(tar|txt)|sbom\\.json|report\\.(html|json)|summary\\.md"
					+ "|settings\\.sh|local\\.sh|backup\\.tar|key\\.pem|certificate\\.pem|entries\\.jsonl|upstream\\.conf"
					+ "|daemon\\.json|.*README\\.md");

	@Test
	void shouldExist() throws IOException {
		List<String> unknown = new ArrayList<>();
		Set<String> names = names(Stage.root());
		List<Path> bases = bases();
		for (Page page : Page.all()) {
			List<Path> here = new ArrayList<>(bases);
			here.add(page.path().getParent());
			unknown.addAll(unknown(page, here, names));
		}
		assertEquals("", String.join("\n", unknown));
	}

	@Test
	void shouldFindWhatDoesNot() throws IOException {
		Page page = Page.of(Path.of("page.md"), """
				`deploy.sh` `./deploy.sh v2` `lab/host/help.sh` `server/nginx/nginx.conf` `target/releases/v1/app.jar`
				`v1/v2` `deploi.sh` `lab/host/gone.sh` `docs/nowhere/`
				""");
		assertEquals(List.of("page.md: no deploi.sh", "page.md: no lab/host/gone.sh", "page.md: no docs/nowhere/"),
				unknown(page, bases(), names(Stage.root())));
	}

	private static List<String> unknown(Page page, List<Path> bases, Set<String> names) {
		List<String> unknown = new ArrayList<>();
		for (String code : page.code()) {
			String path = code.startsWith("./") ? code.substring(2) : code;
			if (!PATH.matcher(code).matches() || !looksLikeAPath(path) || isPlaceholder(path)
					|| NOT_IN_THE_REPOSITORY.matcher(path).matches()) {
				continue;
			}
			boolean exists = path.contains("/") ? bases.stream().anyMatch((base) -> Files.exists(base.resolve(path)))
					: names.contains(path);
			if (!exists) {
				unknown.add(page + ": no " + path);
			}
		}
		return unknown;
	}

	private static boolean looksLikeAPath(String code) {
		int slash = code.indexOf('/');
		return FILE.matcher(code).matches()
				|| (slash > 0 && Files.isDirectory(Stage.root().resolve(code.substring(0, slash))));
	}

	private static boolean isPlaceholder(String path) {
		return Stream.of(path.split("/")).anyMatch((part) -> part.replaceAll("\\..*", "").matches("[A-Z]+N?|.*N-.*"));
	}

	private static List<Path> bases() {
		Path root = Stage.root();
		List<Path> bases = new ArrayList<>(List.of(root, root.resolve("docs")));
		for (Stage stage : Stage.all()) {
			for (String folder : List.of("", "server", "src/lab", "app")) {
				bases.add(stage.directory().resolve(folder));
			}
		}
		return bases;
	}

	private static Set<String> names(Path root) throws IOException {
		try (Stream<Path> files = Files.walk(root)) {
			return new HashSet<>(files.filter((file) -> !file.toString().matches(".*/(target|\\.git|\\.workshop)/.*"))
				.map((file) -> file.getFileName().toString())
				.toList());
		}
	}

}
