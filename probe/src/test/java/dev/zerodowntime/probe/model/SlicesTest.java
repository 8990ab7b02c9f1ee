package dev.zerodowntime.probe.model;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SlicesTest {

	private final Slices slices = new Slices();

	@Test
	void aSliceCountsWhatWasDueInATenthOfASecond() {
		this.slices.add(answer(300, 0, 2, null, "v1"));
		this.slices.add(answer(330, 0, 9, null, "v2"));
		this.slices.add(answer(350, 60, 61, DropKind.http(502), null));
		this.slices.add(answer(320, 0, 1, DropKind.CLOSED, null));
		this.slices.add(answer(399, 0, 1, null, "v1"));
		this.slices.add(answer(400, 0, 1, null, "v2"));
		List<Slice> found = this.slices.of(ConnectionMode.FRESH);
		assertThat(found).extracting(Slice::fromMs).containsExactly(300L, 400L);
		Slice slice = found.get(0);
		assertThat(slice.toMs()).isEqualTo(400);
		assertThat(slice.sent()).isEqualTo(5);
		assertThat(slice.ok()).isEqualTo(3);
		assertThat(slice.lost()).isEqualTo(2);
		assertThat(slice.lostByKind()).isEqualTo(Map.of("closed", 1L, "http-502", 1L));
		assertThat(slice.okByVersion()).containsExactly(Map.entry("v1", 2L), Map.entry("v2", 1L));
		assertThat(slice.lastVersion()).isEqualTo("v1");
		assertThat(slice.firstLostMs()).isEqualTo(320);
		assertThat(slice.highestLatencyMs()).isEqualTo(9);
		assertThat(slice.late()).isEqualTo(1);
	}

	@Test
	void aSliceWithoutAGoodAnswerHasNoLatencyAndNoVersion() {
		this.slices.add(answer(0, 0, 5, DropKind.TIMEOUT, null));
		Slice slice = this.slices.of(ConnectionMode.FRESH).get(0);
		assertThat(slice.highestLatencyMs()).isNull();
		assertThat(slice.lastVersion()).isNull();
		assertThat(slice.okByVersion()).isEmpty();
	}

	@Test
	void aStretchHasTheSlicesItTouches() {
		for (long due = 0; due < 1000; due += 50) {
			this.slices.add(answer(due, 0, 1, null, null));
		}
		assertThat(this.slices.of(ConnectionMode.FRESH, new Span(150, 401))).extracting(Slice::fromMs)
			.containsExactly(100L, 200L, 300L, 400L);
		assertThat(this.slices.of(ConnectionMode.FRESH, new Span(200, 200))).isEmpty();
		assertThat(this.slices.of(ConnectionMode.KEEP_ALIVE)).isEmpty();
	}

	@Test
	void versionsAreInTheOrderOfTheirFirstSlice() {
		this.slices.add(answer(900, 0, 1, null, "v2"));
		this.slices.add(answer(500, 0, 1, null, null));
		this.slices.add(answer(100, 0, 1, null, "v9"));
		this.slices.add(answer(950, 0, 1, null, "v9"));
		assertThat(this.slices.versions()).containsExactly("v9", "", "v2");
	}

	@Test
	void aVersionThatIsDifferentInEachAnswerIsNotKept() {
		for (int i = 0; i < 1000; i++) {
			this.slices.add(answer(i, 0, 1, null, "build-" + i));
		}
		assertThat(this.slices.versions()).hasSize(VersionNames.MAX_VERSIONS + 1).contains(VersionNames.OTHERS);
		assertThat(this.slices.of(ConnectionMode.FRESH)).extracting(Slice::ok).containsOnly(100L).hasSize(10);
	}

	@Test
	void samplesAreAllRequestsOfAnOrdinaryRunInDueOrder() {
		Answer lost = answer(10, 0, 1, DropKind.RESET, null);
		Answer good = answer(20, 0, 1, null, "v1");
		this.slices.add(good);
		this.slices.add(lost);
		assertThat(this.slices.samples()).containsExactly(lost, good);
	}

	private static Answer answer(long dueMs, long latenessMs, long latencyMs, @Nullable DropKind drop,
			@Nullable String version) {
		long due = TimeUnit.MILLISECONDS.toNanos(dueMs);
		return new Answer(ConnectionMode.FRESH, dueMs, due, due + TimeUnit.MILLISECONDS.toNanos(latenessMs),
				due + TimeUnit.MILLISECONDS.toNanos(latencyMs), drop, version);
	}

}
