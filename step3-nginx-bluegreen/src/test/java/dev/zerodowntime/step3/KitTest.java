package dev.zerodowntime.step3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the deployment says which service it deploys: in few places, and all of them are
 * files of the service's owner.
 */
class KitTest {

	/** More than this many are not a kit any more. */
	private static final int MAX_PLACES = 5;

	private static final Pattern SETTING = Pattern.compile("^([A-Z_]+)=");

	/** The second service, which {@link KitIT} deploys with these files. */
	private static final Path ORDERS = Path.of("src/test/kit/orders");

	/** Stage 5 deploys its service with these files. */
	private static final Path STAGE_5 = Path.of("../step5-data/server");

	@Test
	void shouldNeedFewPlacesForAnotherService() throws IOException {
		for (Path owner : List.of(ORDERS, STAGE_5)) {
			assertThat(places(owner)).as(owner.toString())
				.hasSizeLessThanOrEqualTo(MAX_PLACES)
				.contains("settings.sh: SERVICE", "app.env", "warmup.txt");
		}
	}

	@Test
	void shouldKnowEachSettingOfTheOwner() throws IOException {
		String defaults = Files.readString(Path.of("server/lib/settings.sh"));
		for (Path owner : List.of(ORDERS, STAGE_5, Path.of("server"))) {
			for (String place : places(owner)) {
				if (place.startsWith("settings.sh: ")) {
					assertThat(defaults).containsPattern("(?m)^" + place.replace("settings.sh: ", "") + "=");
				}
			}
		}
	}

	/** What both services have in common names neither. */
	@Test
	void shouldNameNoServiceAnywhereElse() throws IOException {
		List<Path> common = new ArrayList<>(List.of(Path.of("server/compose.yaml")));
		for (String folder : List.of(".", "server/lib", "server/nginx")) {
			try (Stream<Path> files = Files.list(Path.of(folder))) {
				files.filter((file) -> file.toString().matches(".*\\.(sh|conf)"))
					.filter((file) -> !file.endsWith("build.sh"))
					.forEach(common::add);
			}
		}
		assertThat(common).hasSizeGreaterThan(15);
		for (Path file : common) {
			assertThat(Files.readString(file)).as(file.toString())
				.doesNotContainPattern("(?i)guest.?book|/api/|orders_");
		}
	}

	/**
	 * What the owner of a service has to say: each line of her settings, and each of her
	 * other files.
	 */
	private static List<String> places(Path owner) throws IOException {
		List<String> places = new ArrayList<>();
		Files.readAllLines(owner.resolve("settings.sh"))
			.stream()
			.map(SETTING::matcher)
			.filter((line) -> line.find())
			.forEach((line) -> places.add("settings.sh: " + line.group(1)));
		for (String file : List.of("app.env", "warmup.txt", "nginx/site.d", "nginx/location.d",
				"compose.override.yaml")) {
			if (Files.exists(owner.resolve(file))) {
				places.add(file);
			}
		}
		return places;
	}

}
