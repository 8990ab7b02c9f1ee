package dev.zerodowntime.step4;

import java.time.Instant;

record Entry(String name, String message, Instant at) {

}
