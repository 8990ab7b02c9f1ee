package dev.zerodowntime.step4;

import dev.zerodowntime.lab.Execution;
import dev.zerodowntime.step4.CiServer.Release;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stage 3's deploy of images that are in a registry, by hand: without the gate, and
 * without a label on them.
 */
class RegistryIT {

	private static final String IMAGE = "localhost:5000/guest-book";

	private static CiServer server;

	@BeforeAll
	static void start() {
		server = CiServer.inAHurry();
	}

	@Test
	void shouldPullByTagAndByDigest() {
		Release byTag = pushed("by-tag");
		assertThat(deploy("by-tag").orThrow().output()).contains("==> pulling " + IMAGE + ":by-tag")
			.containsPattern("==> (blue|green|by-tag) is live");

		Release byDigest = pushed("by-digest");
		String digest = byDigest.image().replaceFirst(".*@", "");
		assertThat(deploy("two@" + digest).orThrow().output()).contains("==> pulling " + IMAGE + "@" + digest)
			.contains("==> two is live");
		assertThat(deploy("two@" + digest).orThrow().output()).as("it is here already").doesNotContain("pulling");

		Execution other = deploy("two@" + byTag.image().replaceFirst(".*@", ""));
		assertThat(other.exitCode()).isEqualTo(1);
		assertThat(other.output())
			.contains("deploy.sh: two is the name of another image on this server, nothing was touched");

		assertThat(deploy("nonesuch").output())
			.contains("deploy.sh: " + IMAGE + ":nonesuch could not be pulled, nothing was touched: ");
		assertThat(deploy("two@sha256:12").lines())
			.containsExactly("deploy.sh: sha256:12 is not a digest: it is sha256: and 64 digits");
		assertThat(server.run("bluegreen/deploy.sh", "two@" + digest).lines()).containsExactly(
				"deploy.sh: IMAGE=bluegreen/guest-book names no registry to pull a digest from: see settings.sh");
	}

	/** Wherever the tag in the registry points by then. */
	@Test
	void shouldRollBackToTheImageThatWasLiveAlthoughItsTagHasMoved() {
		pushed("again");
		String live = deploy("again").orThrow().output();
		assertThat(live).contains("==> pulling " + IMAGE + ":again");
		String image = imageOf("again");
		pushed("after");
		deploy("after").orThrow();
		server.shell("docker image rm " + IMAGE + ":again").orThrow();
		assertThat(server.run("docker", "image", "inspect", image).exitCode()).as("its layers are gone").isNotZero();
		server.release("again", "another", "");
		server.shell("docker image rm " + IMAGE + ":again").orThrow();

		Execution rollback = server.run("env", "IMAGE=" + IMAGE, "bluegreen/rollback.sh");
		assertThat(rollback.orThrow().output()).contains("==> pulling " + IMAGE + "@sha256:")
			.contains("again is live")
			.doesNotContain("another image");
		assertThat(imageOf("again")).isEqualTo(image);

		server.shell("docker image rm --force " + IMAGE + ":after; docker tag " + image + " " + IMAGE + ":after")
			.orThrow();
		assertThat(server.run("env", "IMAGE=" + IMAGE, "bluegreen/rollback.sh", "after").orThrow().output())
			.contains("==> after is the name of another image now than when it was live: that was sha256:");
	}

	private static String imageOf(String version) {
		return server.run("docker", "image", "inspect", "--format", "{{.Id}}", IMAGE + ":" + version)
			.orThrow()
			.output();
	}

	/** A release without labels that is in the registry and not in the engine. */
	private static Release pushed(String version) {
		Release release = server.release(version, "", "");
		server.shell("docker image rm --force $(docker image inspect --format '{{.Id}}' " + release.image() + ")")
			.orThrow();
		return release;
	}

	private static Execution deploy(String version) {
		return server.run("env", "IMAGE=" + IMAGE, "BAKE=0", "bluegreen/deploy.sh", version);
	}

}
