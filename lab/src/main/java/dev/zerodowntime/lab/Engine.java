package dev.zerodowntime.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

/**
 * The Docker engine that Testcontainers found, and what the workshop has running on it.
 */
final class Engine {

	private static final String HOST_OVERRIDE = "TESTCONTAINERS_HOST_OVERRIDE";

	private Engine() {
	}

	/**
	 * The client for the engine.
	 * @throws LabException if no engine answers
	 */
	static DockerClient client() {
		if (Files.exists(Path.of("/.dockerenv")) && System.getenv(HOST_OVERRIDE) == null) {
			// Testcontainers would now pull an image, and without a registry wait for
			// minutes, only to ask it for a gateway that nobody needs
			throw new LabException("in a container, set the environment variable %s=127.0.0.1 (Maven and ./workshop do)"
				.formatted(HOST_OVERRIDE));
		}
		try {
			return DockerClientFactory.instance().client();
		}
		catch (IllegalStateException ex) {
			throw new LabException("no Docker engine answers: ./workshop setup", ex);
		}
	}

	static void requireImage(String image) {
		try {
			client().inspectImageCmd(image).exec();
		}
		catch (NotFoundException ex) {
			throw new LabException("the image %s is missing: ./workshop setup".formatted(image), ex);
		}
	}

	static List<Container> containers(Map<String, String> labels) {
		return client().listContainersCmd().withShowAll(true).withLabelFilter(labels).exec();
	}

	static boolean isRunning(Container container) {
		return "running".equals(container.getState());
	}

	/** And, with a load balancer, the servers behind it. */
	static void remove(String id) {
		String fleet = fleetOf(id);
		removeContainer(id);
		if (fleet != null) {
			Fleet.remove(fleet);
		}
	}

	private static @Nullable String fleetOf(String id) {
		try {
			return client().inspectContainerCmd(id).exec().getConfig().getLabels().get(Fleet.LABEL);
		}
		catch (NotFoundException ex) {
			return null;
		}
	}

	static void removeContainer(String id) {
		try {
			client().removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
		}
		catch (NotFoundException | ConflictException ex) {
			// It is gone, or somebody else is removing it
		}
	}

}
