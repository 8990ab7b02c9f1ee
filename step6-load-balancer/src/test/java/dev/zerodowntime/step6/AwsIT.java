package dev.zerodowntime.step6;

import java.io.IOException;
import java.nio.file.Path;

import dev.zerodowntime.lab.Stage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The template and the script for AWS, played to moto. It proves that the calls are
 * right, and nothing about time: in moto a server is healthy at once. And moto answers
 * CREATE_COMPLETE for what it does not know, so each part is looked at by itself.
 */
@Tag("long")
class AwsIT {

	private static final int EXECUTABLE = 0755;

	private static GenericContainer<?> aws;

	@BeforeAll
	static void start() {
		Path folder = Stage.named("step6").directory().resolve("aws");
		aws = new GenericContainer<>(DockerImageName.parse("zero-downtime/aws")).withImagePullPolicy((name) -> false)
			.withEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:5000")
			.withEnv("AWS_ACCESS_KEY_ID", "test")
			.withEnv("AWS_SECRET_ACCESS_KEY", "test")
			.withEnv("AWS_DEFAULT_REGION", "eu-central-1")
			.withEnv("AWS_PAGER", "")
			.withEnv("HEALTHY_LIMIT", "20")
			.withEnv("EMPTY_LIMIT", "20")
			.withCopyFileToContainer(MountableFile.forHostPath(folder.resolve("aws.sh"), EXECUTABLE), "/aws/aws.sh")
			.withCopyFileToContainer(MountableFile.forHostPath(folder.resolve("template.yaml"), 0644),
					"/aws/template.yaml")
			.waitingFor(Wait.forLogMessage(".*Running on http.*", 1));
		aws.start();
	}

	@AfterAll
	static void close() {
		aws.close();
	}

	@Test
	void shouldDeploySwitchAndRemove() throws Exception {
		assertThat(script("status")).contains("there is no stack guest-book");
		String vpc = cli("ec2 describe-vpcs --query 'Vpcs[0].VpcId'");
		String subnets = cli("ec2 describe-subnets --query 'Subnets[:2].SubnetId'").replaceAll("\\s+", ",");

		String certificate = cli("acm request-certificate --domain-name guest-book.example.org --query CertificateArn");

		assertThat(script("create", vpc, subnets, certificate, "releases")).contains("v1 is live at");
		assertThat(script("status")).contains("blue: weight 100, 2 healthy of 2 servers",
				"green: weight 0, 0 healthy of 0 servers");
		assertThat(cli("elbv2 describe-target-groups --query 'TargetGroups[].[HealthCheckPath,HealthCheckPort]'"))
			.isEqualTo("/actuator/health/readiness\t8081\n/actuator/health/readiness\t8081");
		assertThat(cli("elbv2 describe-load-balancers --query 'LoadBalancers[].Type'")).isEqualTo("application");

		assertThat(script("deploy", "v2")).contains("starting green with v2", "green is ready", "switched to green");
		assertThat(script("status")).contains("blue: weight 0, 2 healthy of 2 servers",
				"green: weight 100, 2 healthy of 2 servers");
		assertThat(parameter("GreenVersion")).isEqualTo("v2");
		assertThat(parameter("BlueVersion")).isEqualTo("v1");

		assertThat(script("rollback")).contains("switched to blue");
		assertThat(script("share", "10")).contains("green has 10 % of the requests");
		assertThat(script("status")).contains("blue: weight 90,", "green: weight 10,");
		assertThat(script("terminate")).contains("green has a share of the requests, nothing was touched");
		script("share", "0");
		assertThat(script("terminate")).contains("green has no servers any more");
		// moto goes on counting a server as healthy that its group has ended
		assertThat(script("status")).contains("blue: weight 100, 2 healthy of 2 servers", "of 0 servers");

		assertThat(script("delete")).contains("the stack guest-book is gone");
		assertThat(cli("elbv2 describe-load-balancers --query 'LoadBalancers[].Type'")).isEmpty();
		assertThat(cli("elbv2 describe-target-groups --query 'TargetGroups[].Port'")).isEmpty();
	}

	@Test
	void shouldRefuseWhatIsWrong() throws Exception {
		assertThat(aws.execInContainer("/aws/aws.sh", "deploy").getExitCode()).isEqualTo(2);
		assertThat(aws.execInContainer("/aws/aws.sh", "nonsense").getExitCode()).isEqualTo(2);
	}

	/**
	 * Of the stack: moto makes no new version of a launch template when the stack is
	 * updated.
	 */
	private static String parameter(String name) throws IOException, InterruptedException {
		return cli("cloudformation describe-stacks --stack-name guest-book "
				+ "--query \"Stacks[0].Parameters[?ParameterKey=='%s'].ParameterValue\"".formatted(name));
	}

	private static String cli(String arguments) throws IOException, InterruptedException {
		return run("sh", "-c", "aws --output text " + arguments);
	}

	private static String script(String... arguments) throws IOException, InterruptedException {
		String[] command = new String[arguments.length + 1];
		command[0] = "/aws/aws.sh";
		System.arraycopy(arguments, 0, command, 1, arguments.length);
		return run(command);
	}

	/** What it wrote to both, without the last line end. */
	private static String run(String... command) throws IOException, InterruptedException {
		ExecResult result = aws.execInContainer(command);
		return (result.getStdout() + result.getStderr()).strip();
	}

}
