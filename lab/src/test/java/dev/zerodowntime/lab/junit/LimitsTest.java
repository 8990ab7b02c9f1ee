package dev.zerodowntime.lab.junit;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

/**
 * A test that hangs is named, with a dump of all threads, even where no interrupt ends
 * what it hangs in. The limits are in the root pom.xml.
 */
@ExtendWith(LimitsTest.Parameters.class)
class LimitsTest {

	private static final String PREFIX = "junit.jupiter.execution.timeout.";

	@Test
	void shouldNameATestThatHangsInWhatNoInterruptEnds(ExtensionContext context) {
		assumeTrue(limit(context, "default").isPresent(), "Maven sets the limits");
		assertEquals("285 s", limit(context, "default").orElseThrow());
		PrintStream out = System.out;
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
		try {
			Events tests = EngineTestKit.engine("junit-jupiter")
				.configurationParameter(PREFIX + "default", "200 ms")
				.configurationParameter(PREFIX + "thread.mode.default",
						limit(context, "thread.mode.default").orElse(""))
				.configurationParameter(PREFIX + "threaddump.enabled", limit(context, "threaddump.enabled").orElse(""))
				.selectors(selectClass(Hanging.class))
				.execute()
				.testEvents();
			tests.assertStatistics((found) -> found.started(1).failed(1));
			String failure = tests.failed().list().get(0).toString();
			assertTrue(failure.contains("hangs() timed out after 200 milliseconds"), failure);
		}
		finally {
			Hanging.END.countDown();
			System.setOut(out);
		}
		String dump = printed.toString(StandardCharsets.UTF_8);
		assertTrue(dump.contains("LimitsTest$Hanging.hangs"), "no thread dump: " + dump);
	}

	private static Optional<String> limit(ExtensionContext context, String name) {
		return context.getConfigurationParameter(PREFIX + name);
	}

	static class Hanging {

		static final CountDownLatch END = new CountDownLatch(1);

		@Test
		void hangs() {
			while (END.getCount() > 0) {
				try {
					END.await();
				}
				catch (InterruptedException ex) {
					// As a read does
				}
			}
		}

	}

	static class Parameters implements ParameterResolver {

		@Override
		public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
			return parameter.getParameter().getType() == ExtensionContext.class;
		}

		@Override
		public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
			return context;
		}

	}

}
