package dev.zerodowntime.step5;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Logs a visitor in, without a password: what matters here is whether the next request
 * still knows her.
 */
@RestController
@RequestMapping("/api/session")
class SessionController {

	private static final String VISITOR = "visitor";

	@PostMapping
	Visitor logIn(@RequestBody Visitor visitor, HttpServletRequest request) {
		if (visitor.name() == null || visitor.name().isBlank()) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "name is missing");
		}
		request.getSession().setAttribute(VISITOR, visitor.name());
		return visitor;
	}

	@GetMapping
	Visitor visitor(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		Object name = (session != null) ? session.getAttribute(VISITOR) : null;
		if (name == null) {
			throw new ResponseStatusException(HttpStatus.UNAUTHORIZED, "not logged in");
		}
		return new Visitor(name.toString());
	}

	record Visitor(@Nullable String name) {

	}

}
