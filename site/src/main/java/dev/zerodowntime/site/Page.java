package dev.zerodowntime.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * A Markdown page.
 *
 * @param root the repository
 * @param file where it is, seen from the root
 * @param document what is in it
 */
record Page(Path root, Path file, Node document) {

	private static final Parser PARSER = Parser.builder().extensions(List.of(TablesExtension.create())).build();

	/** What slides begin with. */
	private static final Pattern SETTINGS = Pattern.compile("\\A---\\n.*?\\n---\\n", Pattern.DOTALL);

	private static final TextContentRenderer TEXT = TextContentRenderer.builder()
		.extensions(List.of(TablesExtension.create()))
		.build();

	static Page read(Path root, Path file) throws IOException {
		String text = Files.readString(root.resolve(file));
		return new Page(root, file, PARSER.parse(SETTINGS.matcher(text).replaceFirst("")));
	}

	/** Where it is on the site. */
	Path target() {
		return Links.target(this.file, false);
	}

	String language() {
		return isKorean(this.file) ? "ko" : "en";
	}

	/** The same page in the other language, whether there is one or not. */
	Path twin() {
		String path = this.file.toString().replace('\\', '/');
		if (isKorean(this.file)) {
			return Path.of(path.replace("docs/ko/", "docs/en/").replace(".ko.md", ".md"));
		}
		return Path.of(path.startsWith("docs/en/") ? path.replace("docs/en/", "docs/ko/")
				: path.replaceFirst("\\.md$", ".ko.md"));
	}

	private static boolean isKorean(Path file) {
		String path = file.toString().replace('\\', '/');
		return path.startsWith("docs/ko/") || path.endsWith(".ko.md");
	}

	String title() {
		for (Node node = this.document.getFirstChild(); node != null; node = node.getNext()) {
			if (node instanceof Heading heading && heading.getLevel() == 1) {
				return text(heading);
			}
		}
		return this.file.toString();
	}

	/**
	 * Renders what is in it. To be called once: it turns its links.
	 * @param linked gets the files and folders it links to that are no pages
	 */
	String html(Consumer<Path> linked) {
		this.document.accept(new Links(this.root, this.file, linked));
		Map<Node, String> anchors = anchors();
		return HtmlRenderer.builder()
			.extensions(List.of(TablesExtension.create()))
			.attributeProviderFactory((context) -> (node, tag, attributes) -> {
				if (anchors.containsKey(node)) {
					attributes.put("id", anchors.get(node));
				}
				// What is wider than the page can be scrolled, by keys as well
				if (tag.equals("pre") || tag.equals("table")) {
					attributes.put("tabindex", "0");
				}
			})
			.build()
			.render(this.document)
			// The corner of a table is no heading of anything
			.replace("<th></th>", "<td></td>");
	}

	/** One for each heading, with the text up to the next one. */
	List<Section> sections() {
		List<Section> sections = new ArrayList<>();
		Map<Node, String> anchors = anchors();
		String heading = title();
		String anchor = "";
		StringBuilder text = new StringBuilder();
		for (Node node = this.document.getFirstChild(); node != null; node = node.getNext()) {
			if (node instanceof Heading next) {
				add(sections, heading, anchor, text);
				heading = text(next);
				anchor = "#" + anchors.get(next);
				text.setLength(0);
			}
			else if (node instanceof Block) {
				text.append(text(node)).append('\n');
			}
		}
		add(sections, heading, anchor, text);
		return sections;
	}

	private void add(List<Section> sections, String heading, String anchor, StringBuilder text) {
		if (!text.isEmpty()) {
			sections.add(new Section(target().toString().replace('\\', '/') + anchor, language(), title(), heading,
					text.toString().replaceAll("\\s+", " ").strip()));
		}
	}

	/** As GitHub makes them, so that a link means the same in both places. */
	private Map<Node, String> anchors() {
		Map<Node, String> anchors = new HashMap<>();
		Map<String, Integer> seen = new HashMap<>();
		this.document.accept(new AbstractVisitor() {
			@Override
			public void visit(Heading heading) {
				String anchor = text(heading).toLowerCase(Locale.ROOT)
					.replaceAll("[^\\p{L}\\p{N}\\p{M}_ -]", "")
					.replace(' ', '-');
				int before = seen.merge(anchor, 1, Integer::sum) - 1;
				anchors.put(heading, (before == 0) ? anchor : anchor + "-" + before);
			}
		});
		return anchors;
	}

	private static String text(Node node) {
		// Code without the quotation marks that this renderer gives it
		return TEXT.render(node).replaceAll("\"([^\"]*)\"", "$1").replaceAll(" \\((\\S+\\.html|https?:)\\S*\\)", "");
	}

	/**
	 * What a search can find.
	 *
	 * @param url where it is, seen from the site's root
	 * @param language of its page
	 * @param page its page's title
	 * @param heading its own
	 * @param text what it says
	 */
	record Section(String url, String language, String page, String heading, String text) {
	}

}
