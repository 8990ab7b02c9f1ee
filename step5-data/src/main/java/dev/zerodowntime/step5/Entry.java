package dev.zerodowntime.step5;

import java.time.Instant;

record Entry(String name, String message, Instant at) {

}
