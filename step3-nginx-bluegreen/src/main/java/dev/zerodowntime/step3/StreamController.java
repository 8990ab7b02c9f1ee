package dev.zerodowntime.step3;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Stands for what never ends by itself: a stream of events, one a second. Before this
 * instance shuts down, each client is told to come back, and its stream ends properly: an
 * open stream would hold up the shutdown until its time is over, and be cut then.
 */
@RestController
class StreamController {

	private static final long NO_TIMEOUT = 0;

	private static final long RECONNECT_MS = 500;

	private final Release release;

	private final Set<SseEmitter> open = ConcurrentHashMap.newKeySet();

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "stream-clock");
		thread.setDaemon(true);
		return thread;
	});

	StreamController(Release release) {
		this.release = release;
		this.clock.scheduleAtFixedRate(() -> this.open.forEach(this::tick), 1, 1, TimeUnit.SECONDS);
	}

	@GetMapping(path = "/api/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter stream() {
		SseEmitter emitter = new SseEmitter(NO_TIMEOUT);
		emitter.onCompletion(() -> this.open.remove(emitter));
		emitter.onError((problem) -> this.open.remove(emitter));
		this.open.add(emitter);
		tick(emitter);
		return emitter;
	}

	/** Published before the web server begins to shut down. */
	@EventListener(ContextClosedEvent.class)
	void sayGoodbye() {
		this.clock.shutdownNow();
		this.open.forEach((emitter) -> {
			send(emitter, SseEmitter.event().name("goodbye").reconnectTime(RECONNECT_MS).data(this.release.version()));
			emitter.complete();
		});
	}

	private void tick(SseEmitter emitter) {
		send(emitter, SseEmitter.event().name("tick").data(this.release.version()));
	}

	private void send(SseEmitter emitter, SseEmitter.SseEventBuilder event) {
		try {
			emitter.send(event);
		}
		catch (IOException | IllegalStateException ex) {
			// The client has gone
			this.open.remove(emitter);
		}
	}

}
