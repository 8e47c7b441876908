package io.tollgate.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FailurePolicyTest {
    private final HandClock clock = new HandClock();
    private final FailurePolicy policy = new FailurePolicy(clock);

    @Test
    void itStartsAgainAtGrowingDistances() {
        assertThat(Stream.generate(this::failed).limit(9).map(pause -> Objects.requireNonNull(pause)
                        .toMillis()))
                .containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 10_000L, 10_000L);
    }

    @Test
    void whatFailsTooOftenStops() {
        for (int i = 0; i < FailurePolicy.MOST_FAILURES; i++) {
            assertThat(failed()).isNotNull();
        }

        assertThat(failed()).isNull();
    }

    @Test
    void whatFailedLongAgoDoesNotCount() {
        for (int i = 0; i < 10 * FailurePolicy.MOST_FAILURES; i++) {
            clock.now = clock.now.plus(Duration.ofMinutes(1));
            assertThat(failed()).isNotNull();
        }
    }

    private @Nullable Duration failed() {
        return policy.failed(new IllegalStateException("meant to fail"));
    }

    private static final class HandClock extends Clock {
        Instant now = Given.NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
