package dev.zerodowntime.step2;

import java.time.Instant;

record Entry(String name, String message, Instant at) {

}
