package dev.zerodowntime.step1;

import java.time.Instant;

record Entry(String name, String message, Instant at) {

}
