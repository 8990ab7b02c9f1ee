package dev.zerodowntime.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;

/** Turns links between files into links between the site's pages. */
final class Links extends AbstractVisitor {

	private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*");

	private final Path root;

	private final Path page;

	private final Consumer<Path> linked;

	/**
	 * Create a turner of links.
	 * @param root the repository
	 * @param page whose links, seen from the root
	 * @param linked gets the files and folders that are no pages
	 */
	Links(Path root, Path page, Consumer<Path> linked) {
		this.root = root;
		this.page = page;
		this.linked = linked;
	}

	@Override
	public void visit(Link link) {
		link.setDestination(turn(link.getDestination()));
		visitChildren(link);
	}

	@Override
	public void visit(Image image) {
		image.setDestination(turn(image.getDestination()));
	}

	private String turn(String destination) {
		int hash = destination.indexOf('#');
		String path = (hash < 0) ? destination : destination.substring(0, hash);
		String anchor = (hash < 0) ? "" : destination.substring(hash);
		if (path.isEmpty() || ELSEWHERE.matcher(path).matches()) {
			return destination;
		}
		Path file = this.page.resolveSibling(path).normalize();
		Path readme = file.resolve("README.md");
		boolean isFolder = Files.isDirectory(this.root.resolve(file));
		if (isFolder && Files.exists(this.root.resolve(readme))) {
			file = readme;
			isFolder = false;
		}
		if (!file.toString().endsWith(".md")) {
			this.linked.accept(file);
		}
		return between(target(this.page, false), target(file, isFolder)) + anchor;
	}

	/** Where a file of the repository is on the site. */
	static Path target(Path file, boolean isFolder) {
		String name = file.toString().replace('\\', '/');
		if (isFolder) {
			return Path.of(name).resolve("index.html");
		}
		if (name.matches("(.*/)?README(\\.ko)?\\.md")) {
			return Path.of(name.replaceFirst("README(\\.ko)?\\.md$", "index$1.html"));
		}
		if (name.endsWith(".md")) {
			return Path.of(name.replaceFirst("\\.md$", ".html"));
		}
		return name.matches(".*\\.(png|svg|jpg)") ? file : Path.of(name + ".html");
	}

	/** The way from one page to another. */
	static String between(Path from, Path to) {
		Path folder = (from.getParent() != null) ? from.getParent() : Path.of("");
		return folder.relativize(to).toString().replace('\\', '/');
	}

}
