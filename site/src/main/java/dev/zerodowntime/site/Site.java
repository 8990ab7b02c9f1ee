package dev.zerodowntime.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the site: each Markdown page as a page at the same place, each file that one of
 * them links to as a page as well, and what is needed to search all of it in the browser.
 * Everything works from a folder, without a server.
 */
public final class Site {

	private static final String WEBJARS = "/META-INF/resources/webjars/";

	private static final Set<String> PICTURES = Set.of("png", "svg", "jpg");

	private static final int DEEPEST = 4;

	private final Path root;

	private final Path out;

	private final List<Page> pages = new ArrayList<>();

	private Site(Path root, Path out) {
		this.root = root;
		this.out = out;
	}

	/**
	 * Makes the site.
	 * @param args the repository, and the folder to write to
	 * @throws IOException if one cannot be read or the other not be written
	 */
	public static void main(String[] args) throws IOException {
		Site site = new Site(Path.of(args[0]).toRealPath(), Path.of(args[1]).toAbsolutePath().normalize());
		site.write();
	}

	private void write() throws IOException {
		try (Stream<Path> files = Files.walk(this.root, DEEPEST)) {
			for (Path file : files.map(this.root::relativize).filter(Site::isPage).sorted().toList()) {
				this.pages.add(Page.read(this.root, file));
			}
		}
		Layout layout = new Layout(this.pages);
		Set<Path> linked = new HashSet<>();
		for (Page page : this.pages) {
			write(page.target(), layout.page(page, page.html(linked::add)));
		}
		for (Path file : linked) {
			writeLinked(file, layout);
		}
		write(Path.of("site.css"), read("site.css"));
		write(Path.of("site.js"), read("site.js"));
		write(Path.of("lunr.js"), webjar("lunr", "lunr.min.js"));
		write(Path.of("mermaid.js"), webjar("mermaid", "dist/mermaid.min.js"));
		write(Path.of("search.js"),
				"window.SECTIONS = " + JsonMapper.shared()
					.writeValueAsString(this.pages.stream().flatMap((page) -> page.sections().stream()).toList())
						+ ";\n");
	}

	private static boolean isPage(Path file) {
		for (Path part : file) {
			if (part.toString().startsWith(".") || part.toString().equals("target")
					|| part.toString().equals("report")) {
				return false;
			}
		}
		return file.toString().endsWith(".md");
	}

	/** Scripts and settings to read, pictures as they are, folders as lists. */
	private void writeLinked(Path file, Layout layout) throws IOException {
		Path source = this.root.resolve(file);
		if (Files.isDirectory(source)) {
			write(Links.target(file, true), layout.folder(file, list(source)));
		}
		else if (PICTURES.contains(file.toString().substring(file.toString().lastIndexOf('.') + 1))) {
			Path target = this.out.resolve(file);
			Files.createDirectories(target.getParent());
			Files.write(target, Files.readAllBytes(source));
		}
		else {
			write(Links.target(file, false), layout.file(file, Files.readString(source)));
		}
	}

	private static List<String> list(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map((file) -> file.getFileName() + (Files.isDirectory(file) ? "/" : "")).sorted().toList();
		}
	}

	private void write(Path target, String text) throws IOException {
		Path file = this.out.resolve(target);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

	private static String webjar(String name, String file) throws IOException {
		return read(WEBJARS + name + "/" + version(name) + "/" + file);
	}

	/** As its jar says it. */
	private static String version(String name) throws IOException {
		String properties = read("/META-INF/maven/org.webjars.npm/" + name + "/pom.properties");
		return properties.lines()
			.filter((line) -> line.startsWith("version="))
			.findFirst()
			.orElseThrow()
			.substring("version=".length())
			.strip();
	}

	static String read(String resource) throws IOException {
		try (InputStream in = Objects.requireNonNull(Site.class.getResourceAsStream(resource), resource)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
