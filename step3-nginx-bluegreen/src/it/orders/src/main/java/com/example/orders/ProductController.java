package com.example.orders;

import java.util.Map;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ProductController {

	private final JdbcClient jdbc;

	private final String paymentKey;

	ProductController(JdbcClient jdbc, @Value("${orders.payment-key}") String paymentKey) {
		this.jdbc = jdbc;
		this.paymentKey = paymentKey;
	}

	@GetMapping("/products")
	Map<String, Object> products() {
		return Map.of("products", this.jdbc.sql("select name, price from product order by name").query().listOfRows(),
				"payable", !this.paymentKey.isEmpty());
	}

}
