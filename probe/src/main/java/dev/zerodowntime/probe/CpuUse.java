package dev.zerodowntime.probe;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.zerodowntime.probe.model.Machine;
import dev.zerodowntime.probe.wire.Sender;
import org.jspecify.annotations.Nullable;

/**
 * How long this process waited for a CPU since this was made, as Linux reports it in
 * {@code /proc} (proc_pid_schedstat(5), proc_stat(5)).
 *
 * <p>
 * The wait of a whole process is in no file: {@code /proc/self/schedstat} is that of its
 * first thread. The threads are added up, each from what it had waited before; a thread
 * that ends in between takes its number with it, so those of the {@link Sender} hand it
 * in first.
 */
final class CpuUse {

	/** The second number of a schedstat: nanoseconds in which it was ready to run. */
	private static final int WAIT = 1;

	/** Of the first line of {@code /proc/stat}, whose first word is {@code cpu}. */
	private static final int STEAL = 8;

	/** USER_HZ, the unit of {@code /proc/stat}, is a hundredth of a second. */
	private static final long MS_PER_TICK = 10;

	private final Path proc;

	private final @Nullable Map<String, Long> waitedBefore;

	private final @Nullable Long stolenBefore;

	private final AtomicLong waitedByEnded = new AtomicLong();

	CpuUse() {
		this(Path.of("/proc"));
	}

	CpuUse(Path proc) {
		this.proc = proc;
		this.waitedBefore = waits();
		this.stolenBefore = stolenTicks();
	}

	/** To be called by a thread that began after this was made, as its last act. */
	void threadEnds() {
		try {
			this.waitedByEnded.addAndGet(number(this.proc.resolve("thread-self/schedstat"), WAIT));
		}
		catch (IOException ex) {
			// Another operating system, or a Linux that does not count this.
		}
	}

	Machine sinceStart() {
		Map<String, Long> waits = waits();
		Long stolen = stolenTicks();
		return new Machine((this.waitedBefore != null && waits != null) ? waitedMs(this.waitedBefore, waits) : null,
				(this.stolenBefore != null && stolen != null) ? (stolen - this.stolenBefore) * MS_PER_TICK : null);
	}

	private long waitedMs(Map<String, Long> before, Map<String, Long> now) {
		long nanos = this.waitedByEnded.get();
		for (Map.Entry<String, Long> thread : now.entrySet()) {
			nanos += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
		}
		return TimeUnit.NANOSECONDS.toMillis(nanos);
	}

	/** By thread id, or {@code null} where that is not reported. */
	private @Nullable Map<String, Long> waits() {
		Map<String, Long> waits = new HashMap<>();
		try (DirectoryStream<Path> threads = Files.newDirectoryStream(this.proc.resolve("self/task"))) {
			for (Path thread : threads) {
				try {
					waits.put(thread.getFileName().toString(), number(thread.resolve("schedstat"), WAIT));
				}
				catch (IOException ex) {
					// It has just ended.
				}
			}
		}
		catch (IOException ex) {
			return null;
		}
		return waits.isEmpty() ? null : waits;
	}

	private @Nullable Long stolenTicks() {
		try {
			return number(this.proc.resolve("stat"), STEAL);
		}
		catch (IOException ex) {
			return null;
		}
	}

	/** A number of a file's first line. */
	private static long number(Path file, int index) throws IOException {
		String text = Files.readString(file);
		String[] words = text.substring(0, (text.indexOf('\n') < 0) ? text.length() : text.indexOf('\n')).split(" +");
		try {
			return Long.parseLong(words[index]);
		}
		catch (IndexOutOfBoundsException | NumberFormatException ex) {
			throw new IOException(file + " is in an unknown format", ex);
		}
	}

}
