package dev.zerodowntime.probe.model;

import org.jspecify.annotations.Nullable;

/**
 * What the probe's own machine had to spare during the measurement. It helps to find out
 * why requests were sent late; no verdict depends on it.
 *
 * @param cpuWaitMs how long threads of the probe were ready to run and waited for a CPU,
 * all threads added up, in milliseconds; {@code null} where the operating system does not
 * report it
 * @param cpuStealMs how long CPUs of this machine were ready to run and the hypervisor
 * let them wait, all CPUs added up, in milliseconds; {@code null} where the operating
 * system does not report it
 */
public record Machine(@Nullable Long cpuWaitMs, @Nullable Long cpuStealMs) {
}
