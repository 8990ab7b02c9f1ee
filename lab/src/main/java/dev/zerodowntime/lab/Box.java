package dev.zerodowntime.lab;

import java.util.HashMap;
import java.util.List;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * Starts the container of a little server.
 */
class Box {

	static final ExposedPort HTTP = ExposedPort.tcp(8080);

	static final ExposedPort HTTPS = ExposedPort.tcp(8443);

	private static final String IMAGE = "zero-downtime/server";

	private static final String IMAGE_WITH_ENGINE = "zero-downtime/engine";

	private static final String IMAGE_WITH_BUILD = "zero-downtime/ci";

	/**
	 * A quarter of what other processes get when there is not enough for all: a JVM that
	 * boots on the server must not make the probe, on the same machine, send late.
	 */
	static final int CPU_SHARES = 256;

	private final Stage stage;

	private final String role;

	private final String image;

	private @Nullable Fleet fleet;

	Box(Stage stage, String role) {
		this.stage = stage;
		this.role = role;
		this.image = imageFor(stage);
	}

	private static String imageFor(Stage stage) {
		if (stage.isBuiltOnServer()) {
			return IMAGE_WITH_BUILD;
		}
		if (!stage.machines().isEmpty()) {
			return Fleet.IMAGE;
		}
		return stage.usesDocker() ? IMAGE_WITH_ENGINE : IMAGE;
	}

	/**
	 * Starts it.
	 * @return the container's id
	 */
	String start() {
		Engine.requireImage(this.image);
		try {
			if (!this.stage.machines().isEmpty()) {
				this.fleet = Fleet.start(this.stage, this.role);
			}
			return this.stage.usesDocker() ? startWithEngine() : start(Rights.ORDINARY);
		}
		catch (ContainerLaunchException | DockerException ex) {
			if (this.fleet != null) {
				this.fleet.remove();
			}
			Throwable cause = ex;
			while (cause.getCause() != null) {
				cause = cause.getCause();
			}
			throw new LabException("the %s server does not start: %s".formatted(this.stage.name(), cause.getMessage()),
					ex);
		}
	}

	private String startWithEngine() {
		try {
			return start(Rights.PRIVILEGED);
		}
		catch (ContainerLaunchException | DockerException refused) {
			// An engine whose root lacks a capability cannot give all of them
			return start(Rights.NEARLY_ALL);
		}
	}

	private String start(Rights rights) {
		return Labels.UP.equals(this.role) ? startToStay(rights) : startForThisJvm(rights);
	}

	private String startForThisJvm(Rights rights) {
		GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(this.image))
			.withImagePullPolicy((name) -> false)
			.withExposedPorts(HTTP.getPort(), HTTPS.getPort())
			.withCreateContainerCmdModifier((command) -> configure(command, rights))
			// Nothing listens on the port before the first deploy
			.waitingFor(Wait.forSuccessfulCommand("true"));
		container.start();
		return container.getContainerId();
	}

	/**
	 * Testcontainers removes all that it started when the JVM ends: this one has to stay.
	 */
	private String startToStay(Rights rights) {
		CreateContainerCmd command = Engine.client().createContainerCmd(this.image).withExposedPorts(HTTP, HTTPS);
		configure(command, rights);
		String id = command.exec().getId();
		try {
			Engine.client().startContainerCmd(id).exec();
			return id;
		}
		catch (RuntimeException ex) {
			Engine.remove(id);
			throw ex;
		}
	}

	private void configure(CreateContainerCmd command, Rights rights) {
		command.withHostName(this.stage.name() + "-server").withLabels(new HashMap<>(Labels.of(this.stage, this.role)));
		HostConfig config = command.getHostConfig();
		if (config == null) {
			config = new HostConfig();
		}
		config.withPortBindings(new PortBinding(Ports.Binding.bindIp("127.0.0.1"), HTTP),
				new PortBinding(Ports.Binding.bindIp("127.0.0.1"), HTTPS));
		config.withCpuShares(CPU_SHARES);
		rights.grant(config);
		if (this.fleet != null) {
			this.fleet.join(command, config);
		}
		command.withHostConfig(config);
	}

	private enum Rights {

		ORDINARY {
			@Override
			void grant(HostConfig config) {
			}
		},

		PRIVILEGED {
			@Override
			void grant(HostConfig config) {
				config.withPrivileged(true);
			}
		},

		NEARLY_ALL {
			@Override
			void grant(HostConfig config) {
				config.withCapAdd(Capability.ALL)
					.withCapDrop(Capability.SYS_RESOURCE)
					.withSecurityOpts(List.of("seccomp=unconfined", "apparmor=unconfined"))
					.withBinds(new Bind("/sys/fs/cgroup", new Volume("/sys/fs/cgroup"), AccessMode.rw));
			}
		};

		abstract void grant(HostConfig config);

	}

}
