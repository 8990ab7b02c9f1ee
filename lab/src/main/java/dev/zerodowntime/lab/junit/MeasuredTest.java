package dev.zerodowntime.lab.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.zerodowntime.probe.UntrustedError;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that measures. It is repeated, three times in all at most, when its measurement
 * cannot be trusted and lost nothing ({@link UntrustedError}): then it says nothing about
 * what was measured. A measurement that lost a request is never repeated, and neither is
 * a test that fails for any other reason.
 * <p>
 * Each repetition is a test by itself, with its {@code @BeforeEach} and
 * {@code @AfterEach}; those before the last one are reported as aborted.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(RepeatUntrusted.class)
public @interface MeasuredTest {

	/**
	 * For a test that fails where nothing is lost. A run of it that cannot be trusted is
	 * repeated although it lost requests: that hides no loss, since the next run has to
	 * lose some as well. Default: false.
	 * @return whether the test insists on a loss
	 */
	boolean insistsOnLoss() default false;

}
