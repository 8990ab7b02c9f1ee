package dev.zerodowntime.step3;

import java.time.Instant;

record Entry(String name, String message, Instant at) {

}
