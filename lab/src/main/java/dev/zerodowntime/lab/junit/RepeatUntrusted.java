package dev.zerodowntime.lab.junit;

import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.zerodowntime.probe.UntrustedError;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.opentest4j.TestAbortedException;

/**
 * The one place that knows when a measurement may be repeated, see {@link MeasuredTest}.
 */
class RepeatUntrusted implements TestTemplateInvocationContextProvider {

	private static final int MAX_ATTEMPTS = 3;

	@Override
	public boolean supportsTestTemplate(ExtensionContext context) {
		return true;
	}

	@Override
	public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
		return StreamSupport.stream(Spliterators.spliteratorUnknownSize(new Attempts(), 0), false);
	}

	/** One attempt after the other: whether there is another one shows when one ends. */
	private static final class Attempts implements Iterator<TestTemplateInvocationContext> {

		private int attempt;

		private boolean untrusted = true;

		@Override
		public boolean hasNext() {
			return this.untrusted;
		}

		@Override
		public TestTemplateInvocationContext next() {
			if (!this.untrusted) {
				throw new NoSuchElementException();
			}
			this.untrusted = false;
			this.attempt++;
			return new TestTemplateInvocationContext() {

				@Override
				public String getDisplayName(int index) {
					return "attempt " + index;
				}

				@Override
				public List<Extension> getAdditionalExtensions() {
					TestExecutionExceptionHandler handler = Attempts.this::handle;
					return List.of(handler);
				}

			};
		}

		/**
		 * A lost request is worth knowing, whatever else is wrong with the run; unless
		 * the test is about losing some.
		 */
		private static boolean isWorthless(Throwable problem, Method test) {
			return problem instanceof UntrustedError untrusted && (untrusted.report().totalDropped() == 0
					|| test.getAnnotation(MeasuredTest.class).insistsOnLoss());
		}

		private void handle(ExtensionContext context, Throwable problem) throws Throwable {
			if (!isWorthless(problem, context.getRequiredTestMethod()) || this.attempt == MAX_ATTEMPTS) {
				throw problem;
			}
			this.untrusted = true;
			String what = "%s: attempt %d of %d is repeated, %s".formatted(context.getRequiredTestMethod().getName(),
					this.attempt, MAX_ATTEMPTS, problem.getMessage());
			System.out.println(what);
			throw new TestAbortedException(what, problem);
		}

	}

}
