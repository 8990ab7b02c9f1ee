package dev.zerodowntime.step5;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

/**
 * Migrates the database to what this release needs, and ends. A deploy runs it once,
 * before the instances boot. It starts only what a migration needs, which takes less time
 * than the whole application. A release that removes what earlier ones need says so in
 * the file {@code no-way-back.txt}: VERSION WHY, one a line.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class })
class Migration {

	public static void main(String[] args) throws IOException {
		new SpringApplicationBuilder(Migration.class).web(WebApplicationType.NONE)
			.run("--spring.flyway.enabled=true")
			.close();
		ClassPathResource barred = new ClassPathResource("no-way-back.txt");
		if (barred.exists()) {
			barred.getContentAsString(StandardCharsets.UTF_8)
				.lines()
				.forEach((line) -> System.out.println("no way back to " + line));
		}
	}

}
