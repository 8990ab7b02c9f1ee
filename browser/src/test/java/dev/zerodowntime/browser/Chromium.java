package dev.zerodowntime.browser;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import dev.zerodowntime.lab.Stage;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.print.PrintOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium, and what its user sees. */
final class Chromium implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(150);

	private static final String AXE = read("/axe.min.js");

	private static final List<Size> SIZES = List.of(new Size(1280, 720), new Size(390, 844));

	/** Without margins, in CSS pixels. */
	private static final int PAPER_WIDTH = 718;

	/**
	 * It warns that it does not know this Chromium's version: nothing here depends on it.
	 */
	private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

	private final ChromeDriver driver;

	private Chromium(ChromeDriver driver) {
		this.driver = driver;
	}

	/** Starts one; where there is none to start, the test is skipped. */
	static Chromium start() {
		Optional<Path> driver = onPath("chromedriver");
		Assumptions.assumeTrue(System.getenv("CI") != null || driver.isPresent(),
				"chromedriver is missing: ./workshop test tells how to get it");
		SELENIUM.setLevel(Level.SEVERE);
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.ALL);
		ChromeOptions options = new ChromeOptions();
		options.setCapability("goog:loggingPrefs", logs);
		options.addArguments("--headless=new", "--hide-scrollbars", "--lang=en-US", "--disable-background-networking",
				"--disable-component-update", "--no-first-run");
		if ("root".equals(System.getProperty("user.name"))) {
			options.addArguments("--no-sandbox", "--disable-dev-shm-usage");
		}
		onPath("chromium").map(Path::toString).ifPresent(options::setBinary);
		ChromeDriverService.Builder service = new ChromeDriverService.Builder();
		driver.map(Path::toFile).ifPresent(service::usingDriverExecutable);
		Chromium chromium = new Chromium(new ChromeDriver(service.build(), options));
		chromium.show(SIZES.get(0), "light");
		return chromium;
	}

	private static Optional<Path> onPath(String program) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.flatMap((folder) -> Stream.of(Path.of(folder, program), Path.of(folder, program + ".exe")))
			.filter(Files::isExecutable)
			.findFirst();
	}

	Chromium open(String url) {
		this.driver.get(url);
		return this;
	}

	void click(String id) {
		find(id).click();
	}

	void press(CharSequence keys) {
		this.driver.findElement(By.tagName("body")).sendKeys(keys);
	}

	String text(String id) {
		return find(id).getText();
	}

	long number(String id) {
		return Long.parseLong(text(id).replaceAll("[^0-9]", ""));
	}

	WebElement find(String id) {
		return this.driver.findElement(By.id(id));
	}

	/** The first element of those that a CSS selector means. */
	WebElement first(String selector) {
		return this.driver.findElement(By.cssSelector(selector));
	}

	/** Points at an element, at this share of its width. */
	void pointAt(WebElement element, double share) {
		int width = element.getSize().getWidth();
		int fromTheMiddle = (int) Math.round((share - 0.5) * width);
		new Actions(this.driver).moveToElement(element, fromTheMiddle, 0).perform();
	}

	/** Waits until an element says this. */
	void await(String id, String text) {
		await("'" + text + "' in #" + id, () -> text(id).contains(text));
	}

	void await(String what, BooleanSupplier condition) {
		new WebDriverWait(this.driver, LIMIT)
			.withMessage(() -> "waited for " + what + "; the page says: "
					+ this.driver.findElement(By.tagName("body")).getText())
			.until((any) -> condition.getAsBoolean());
	}

	/** Runs a script in the page. */
	@SuppressWarnings("unchecked")
	<T> T run(String script, Object... arguments) {
		return (T) this.driver.executeScript(script, arguments);
	}

	/** What went wrong in the page so far, as its console tells it. */
	List<String> problems() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.map(LogEntry::getMessage)
			.toList();
	}

	/**
	 * What keeps people with disabilities out of this page, light and dark, wide and
	 * narrow.
	 */
	List<String> barriers() {
		List<String> barriers = new ArrayList<>();
		for (String scheme : List.of("light", "dark")) {
			for (Size size : SIZES) {
				show(size, scheme);
				barriers.addAll(axe());
			}
		}
		show(SIZES.get(0), "light");
		return barriers;
	}

	private List<String> axe() {
		this.driver.executeScript(AXE);
		Object found = this.driver.executeAsyncScript("""
				const done = arguments[arguments.length - 1];
				axe.run(document, {resultTypes: ['violations'], preload: false}).then(
				  (results) => done(results.violations.flatMap((rule) =>
				    rule.nodes.map((node) => `${rule.id}: ${rule.help}: ${node.html} ${node.failureSummary}`))),
				  (problem) => done([String(problem)]));
				""");
		return ((List<?>) Objects.requireNonNull(found)).stream().map(String::valueOf).toList();
	}

	/** Keeps pictures: wide and narrow, light and dark. */
	void picture(String name) {
		for (String scheme : List.of("light", "dark")) {
			for (Size size : SIZES) {
				show(size, scheme);
				picture(name, size.width() + "x" + size.height() + "-" + scheme);
			}
		}
		show(SIZES.get(0), "light");
	}

	private void picture(String name, String how) {
		// Two frames: one for the page to notice, one to draw
		this.driver.executeAsyncScript("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))");
		keep(name + "-" + how + ".png", this.driver.getScreenshotAs(OutputType.BYTES));
	}

	/**
	 * What would be cut off on paper (A4, upright). The window keeps its size: a page is
	 * not told of the paper's as it is told of a window's.
	 */
	List<String> cutOffOnPaper() {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
		List<String> cutOff = run("""
				const paper = arguments[0];
				document.documentElement.style.width = paper + 'px';
				dispatchEvent(new Event('beforeprint'));
				const cutOff = [...document.querySelectorAll('body *')]
				  .filter((each) => each.getBoundingClientRect().right > paper + 1)
				  .map((each) => each.outerHTML.slice(0, 100));
				document.documentElement.style.width = '';
				dispatchEvent(new Event('afterprint'));
				return cutOff;""", PAPER_WIDTH);
		show(SIZES.get(0), "light");
		return cutOff;
	}

	/** Keeps what would come out of a printer. */
	void print(String name) {
		keep(name + ".pdf", Base64.getDecoder().decode(this.driver.print(new PrintOptions()).getContent()));
	}

	private static void keep(String name, byte[] content) {
		Path file = Stage.root().resolve("browser/target/screenshots").resolve(name);
		try {
			Files.createDirectories(file.getParent());
			Files.write(file, content);
		}
		catch (IOException ex) {
			throw new IllegalStateException("cannot write " + file, ex);
		}
	}

	private void show(Size size, String scheme) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", Map.of("width", size.width(), "height",
				size.height(), "deviceScaleFactor", 1, "mobile", size.width() < 500));
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("media", "", "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	/** The JavaScript objects' memory, after what is not needed was removed, in bytes. */
	long heap() {
		this.driver.executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
		Object used = this.driver.executeCdpCommand("Runtime.getHeapUsage", Map.of()).get("usedSize");
		return ((Number) Objects.requireNonNull(used)).longValue();
	}

	private static String read(String resource) {
		try (InputStream in = Objects.requireNonNull(Chromium.class.getResourceAsStream(resource))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.driver.quit();
	}

	private record Size(int width, int height) {
	}

}
