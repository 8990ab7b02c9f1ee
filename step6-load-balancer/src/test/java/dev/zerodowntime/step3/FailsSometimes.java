package dev.zerodowntime.step3;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What makes a release a bad one: it is ready, answers the warm-up, and then fails every
 * third request. Put into a copy of v2's jar by {@code BadRelease}.
 */
@Component
class FailsSometimes extends OncePerRequestFilter {

	private static final long EVERY = 3;

	private final AtomicLong requests = new AtomicLong();

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (request.getQueryString() == null && this.requests.incrementAndGet() % EVERY == 0) {
			response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
			return;
		}
		chain.doFilter(request, response);
	}

}
