package io.tollgate.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloodGuardTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Nano time may be negative, and may go over the end of its range. */
    @ParameterizedTest
    @ValueSource(longs = {0, -500, Long.MAX_VALUE - 500})
    void aSecondsWorthMayComeAtOnceAndThenOneAfterTheOther(long start) {
        FloodGuard guard = new FloodGuard(4);
        assertThat(let(guard, "a", start, 10)).isEqualTo(4);
        assertThat(let(guard, "a", start + SECOND / 4, 10)).isEqualTo(1);
        assertThat(let(guard, "a", start + SECOND / 4 + 1, 10)).isZero();
        assertThat(let(guard, "a", start + 100 * SECOND, 10)).isEqualTo(4);
    }

    @Test
    void oneKeyDoesNotSlowAnother() {
        FloodGuard guard = new FloodGuard(1);
        assertThat(let(guard, "a", 0, 3)).isEqualTo(1);
        assertThat(let(guard, "b", 0, 3)).isEqualTo(1);
    }

    @Test
    void noneIsNoGuard() {
        assertThat(let(new FloodGuard(0), "a", 0, 1_000)).isEqualTo(1_000);
    }

    @Test
    void manyThreadsTogetherGetNoMore() {
        FloodGuard guard = new FloodGuard(100);
        AtomicInteger let = new AtomicInteger();
        IntStream.range(0, 1_000).parallel().forEach(i -> {
            if (guard.lets("a", 0)) {
                let.incrementAndGet();
            }
        });
        assertThat(let).hasValue(100);
    }

    private static int let(FloodGuard guard, String key, long at, int requests) {
        int let = 0;
        for (int i = 0; i < requests; i++) {
            let += guard.lets(key, at) ? 1 : 0;
        }
        return let;
    }
}
