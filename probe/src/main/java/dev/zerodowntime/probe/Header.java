package dev.zerodowntime.probe;

/**
 * A header of every request.
 *
 * @param name its name
 * @param value its value
 */
record Header(String name, String value) {
}
