package dev.zerodowntime.lab;

/**
 * What a service still knows after a deployment.
 *
 * @param written entries that visitors left before it, each acknowledged with 201
 * @param lost how many of them cannot be read any more
 * @param version the release that says so
 */
public record Kept(int written, int lost, String version) {

}
