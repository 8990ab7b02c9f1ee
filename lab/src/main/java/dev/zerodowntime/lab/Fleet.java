package dev.zerodowntime.lab;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import org.jspecify.annotations.Nullable;

/**
 * The boxes of a stage with several servers: a network of their own, a volume that plays
 * the network drive, and the servers. The load balancer is the stage's {@link Box}, which
 * joins them.
 */
final class Fleet {

	/** Of all its boxes, its network and its volume: its name. */
	static final String LABEL = "dev.zerodowntime.fleet";

	static final String IMAGE = "zero-downtime/fleet";

	/** Which of the servers a box is. */
	private static final String MACHINE = "dev.zerodowntime.machine";

	/** Those with this label are removed when the session ends, see {@link Session}. */
	private static final String REMOVED_WITH_SESSION = "org.testcontainers.sessionId";

	private static final String[] COMMAND = { "sh", "/usr/local/sbin/start-fleet.sh", "server" };

	private static final String DRIVE = "/srv/data";

	private final String name;

	private final Map<String, String> labels;

	private Fleet(String name, Map<String, String> labels) {
		this.name = name;
		this.labels = labels;
	}

	/**
	 * Starts the servers of a stage.
	 * @param stage which has {@linkplain Stage#machines() machines}
	 * @param role how long they live, see {@link Labels}
	 */
	static Fleet start(Stage stage, String role) {
		Engine.requireImage(IMAGE);
		String name = "zero-downtime-%s-%.8s".formatted(stage.name(), UUID.randomUUID());
		Map<String, String> labels = new HashMap<>(
				Map.of(Labels.WORKSHOP, "true", Labels.SESSION, Session.ID, LABEL, name));
		if (!Labels.UP.equals(role)) {
			labels.put(REMOVED_WITH_SESSION, Session.ID);
		}
		Fleet fleet = new Fleet(name, labels);
		try {
			Engine.client().createNetworkCmd().withName(name).withLabels(labels).exec();
			Engine.client().createVolumeCmd().withName(name).withLabels(labels).exec();
			stage.machines().forEach(fleet::startMachine);
			return fleet;
		}
		catch (RuntimeException ex) {
			fleet.remove();
			throw ex;
		}
	}

	/** Joins a box that is about to be created. */
	void join(CreateContainerCmd command, HostConfig config) {
		command.getLabels().put(LABEL, this.name);
		config.withNetworkMode(this.name);
	}

	private void startMachine(String machine) {
		Map<String, String> own = new HashMap<>(this.labels);
		own.put(MACHINE, machine);
		HostConfig config = new HostConfig().withNetworkMode(this.name)
			.withCpuShares(Box.CPU_SHARES)
			.withCpusetCpus(upperHalf())
			.withBinds(new Bind(this.name, new Volume(DRIVE)));
		String id = Engine.client()
			.createContainerCmd(IMAGE)
			.withUser("root")
			.withHostName(machine)
			.withAliases(machine)
			.withLabels(own)
			.withHostConfig(config)
			.withCmd(COMMAND)
			.exec()
			.getId();
		Engine.client().startContainerCmd(id).exec();
	}

	/**
	 * The other half is left to the load balancer and the probe: two JVMs that boot at
	 * once must not make the probe send late.
	 */
	private static @Nullable String upperHalf() {
		Integer cores = Engine.client().infoCmd().exec().getNCPU();
		return (cores == null || cores < 2) ? null : cores / 2 + "-" + (cores - 1);
	}

	void remove() {
		remove(this.name);
	}

	/** Removes what is left of a fleet, besides its balancer. */
	static void remove(String name) {
		Engine.containers(Map.of(LABEL, name)).stream().map(Container::getId).forEach(Engine::removeContainer);
		try {
			Engine.client().removeNetworkCmd(name).exec();
		}
		catch (NotFoundException ex) {
			// It is gone
		}
		try {
			Engine.client().removeVolumeCmd(name).exec();
		}
		catch (NotFoundException ex) {
			// It is gone
		}
	}

	/** The id of a server's box. */
	static String machine(String balancer, String machine) {
		String fleet = Engine.client().inspectContainerCmd(balancer).exec().getConfig().getLabels().get(LABEL);
		return Engine.containers(Map.of(LABEL, String.valueOf(fleet), MACHINE, machine))
			.stream()
			.findFirst()
			.map(Container::getId)
			.orElseThrow(() -> new LabException("there is no server " + machine));
	}

	/**
	 * Cuts the power: the cable first, or the kernel would still say goodbye on its open
	 * connections.
	 */
	static void powerOff(String machine) {
		DockerClient client = Engine.client();
		client.disconnectFromNetworkCmd()
			.withContainerId(machine)
			.withNetworkId(nameOf(machine))
			.withForce(true)
			.exec();
		client.killContainerCmd(machine).exec();
	}

	static void powerOn(String machine) {
		DockerClient client = Engine.client();
		String host = client.inspectContainerCmd(machine).exec().getConfig().getHostName();
		client.connectToNetworkCmd()
			.withContainerId(machine)
			.withNetworkId(nameOf(machine))
			.withContainerNetwork(new ContainerNetwork().withAliases(List.of(String.valueOf(host))))
			.exec();
		client.startContainerCmd(machine).exec();
	}

	private static String nameOf(String machine) {
		return String.valueOf(Engine.client().inspectContainerCmd(machine).exec().getConfig().getLabels().get(LABEL));
	}

}
