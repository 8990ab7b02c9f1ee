package dev.zerodowntime.step5;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Puts version and colour on every answer, errors included: whoever counts answers can
 * tell which release gave them.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class VersionHeaderFilter extends OncePerRequestFilter {

	private final Release release;

	VersionHeaderFilter(Release release) {
		this.release = release;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		response.setHeader("X-App-Version", this.release.version());
		response.setHeader("X-App-Colour", this.release.colour());
		chain.doFilter(request, response);
	}

}
