package dev.zerodowntime.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What stands around each page: the way to the others, the search, the other language.
 */
final class Layout {

	private static final Pattern LINK = Pattern.compile("\\[[^\\]]+\\]\\(([^)#]+\\.md)\\)");

	private static final Map<String, Map<String, String>> WORDS = Map.of("en",
			Map.of("search", "Search", "other", "한국어", "home", "Zero-downtime deployment, measured", "skip",
					"To the text", "pages", "Pages"),
			"ko", Map.of("search", "검색", "other", "English", "home", "무중단 배포, 재 보기", "skip", "본문으로", "pages", "페이지"));

	private final List<Page> pages;

	private final String template = Site.read("page.html");

	private final Map<String, List<Page>> tutorial;

	Layout(List<Page> pages) throws IOException {
		this.pages = pages;
		this.tutorial = Map.of("en", tutorial("en"), "ko", tutorial("ko"));
	}

	String page(Page page, String html) {
		String content = html.contains("language-mermaid") ? html + script(page.target(), "mermaid.js") : html;
		return fill(page.target(), page.language(), page.title(), twin(page), content);
	}

	String file(Path file, String text) {
		Path target = Links.target(file, false);
		String path = file.toString().replace('\\', '/');
		return fill(target, "en", path, "",
				"<h1>%s</h1>\n<pre tabindex=\"0\"><code>%s</code></pre>\n".formatted(escape(path), escape(text)));
	}

	String folder(Path folder, List<String> files) {
		Path target = Links.target(folder, true);
		String path = folder.toString().replace('\\', '/');
		return fill(target, "en", path, "", "<h1>%s</h1>\n<ul>\n%s</ul>\n".formatted(escape(path),
				files.stream().map((file) -> entry(target, folder, file)).collect(Collectors.joining())));
	}

	private String entry(Path target, Path folder, String file) {
		Path path = folder.resolve(file);
		String name = escape(file);
		return "<li>%s</li>\n".formatted(
				find(path).map((page) -> "<a href=\"%s\">%s</a>".formatted(Links.between(target, page.target()), name))
					.orElse(name));
	}

	private String fill(Path target, String language, String title, String twin, String content) {
		Map<String, String> words = WORDS.get(language);
		Path home = Path.of(language.equals("ko") ? "index.ko.html" : "index.html");
		String filled = this.template.replace("{{language}}", language)
			.replace("{{title}}", escape(title))
			.replace("{{root}}", root(target))
			.replace("{{home}}", Links.between(target, home))
			.replace("{{twin}}", twin)
			.replace("{{pages}}", navigation(target, language));
		for (Map.Entry<String, String> word : words.entrySet()) {
			filled = filled.replace("{{word-" + word.getKey() + "}}", word.getValue());
		}
		// Last, because a page may speak of such marks itself
		return filled.replace("{{content}}", content);
	}

	private String twin(Page page) {
		return find(page.twin())
			.map((each) -> "<a class=\"twin\" lang=\"%s\" href=\"%s\">%s</a>".formatted(each.language(),
					Links.between(page.target(), each.target()), WORDS.get(page.language()).get("other")))
			.orElse("");
	}

	private String navigation(Path from, String language) {
		return this.tutorial.get(language)
			.stream()
			.map((page) -> "<li><a href=\"%s\"%s>%s</a></li>".formatted(Links.between(from, page.target()),
					page.target().equals(from) ? " aria-current=\"page\"" : "", escape(page.title())))
			.collect(Collectors.joining("\n"));
	}

	/** In the order of the tutorial's index. */
	private List<Page> tutorial(String language) throws IOException {
		Path index = Path.of("docs", language, "README.md");
		Page first = find(index).orElseThrow();
		Set<Page> order = new LinkedHashSet<>(List.of(first));
		Matcher links = LINK.matcher(Files.readString(first.root().resolve(index)));
		while (links.find()) {
			find(index.resolveSibling(links.group(1)).normalize()).filter((page) -> page.language().equals(language))
				.ifPresent(order::add);
		}
		return List.copyOf(order);
	}

	private Optional<Page> find(Path file) {
		return this.pages.stream().filter((page) -> page.file().equals(file)).findFirst();
	}

	private static String script(Path from, String name) {
		return "<script src=\"%s%s\"></script>\n".formatted(root(from), name);
	}

	/** The way to the site's root: empty, or it ends with a slash. */
	private static String root(Path from) {
		return "../".repeat(from.getNameCount() - 1);
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}

}
