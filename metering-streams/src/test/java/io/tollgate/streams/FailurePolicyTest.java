package io.tollgate.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tollgate.schemas.serde.RegistryException;
import io.tollgate.schemas.serde.SchemaRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
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
    void aServerThatIsAwayIsWaitedForHoweverLongItTakes() {
        SchemaRegistry away = new SchemaRegistry("http://127.0.0.1:1/apis/ccompat/v7");
        RuntimeException noRegistry = catchThrowableOfType(RegistryException.class, () -> away.schemaOf(7));
        RuntimeException noBroker = new TimeoutException("no answer in 60000ms");
        for (int i = 0; i < 10 * FailurePolicy.MOST_FAILURES; i++) {
            assertThat(policy.failed(new StreamsException(i % 2 == 0 ? noRegistry : noBroker)))
                    .isNotNull();
        }

        assertThat(policy.failed(new StreamsException(noBroker))).isEqualTo(Duration.ofSeconds(10));
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
