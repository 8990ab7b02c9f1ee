package dev.zerodowntime.probe.model;

/**
 * What became of one of several requests that were sent in turn.
 *
 * @param request method and path, as they were given
 * @param sent how often it was sent, in all modes
 * @param dropped how many of those were lost
 */
public record RequestReport(String request, long sent, long dropped) {
}
