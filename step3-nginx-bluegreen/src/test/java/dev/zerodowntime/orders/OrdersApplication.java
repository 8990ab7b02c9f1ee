package dev.zerodowntime.orders;

import java.util.Map;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service as others have it, for the kit: another port, a context path, the actuator on
 * the same port, and nothing that tells its version.
 */
@SpringBootApplication
@RestController
public class OrdersApplication {

	@Value("${orders.password}")
	private String password;

	@GetMapping("/products")
	Map<String, Object> products() {
		return Map.of("products", 3, "logged in", !this.password.isEmpty());
	}

	public static void main(String[] args) {
		new SpringApplicationBuilder(OrdersApplication.class)
			.properties("server.port=9090", "server.servlet.context-path=/shop", "server.shutdown=graceful",
					"server.tomcat.keep-alive-timeout=75s", "management.endpoint.health.probes.enabled=true")
			.run(args);
	}

}
