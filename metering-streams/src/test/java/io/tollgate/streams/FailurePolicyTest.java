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
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

class FailurePolicyTest {
    private final List<Long> pauses = new ArrayList<>();
    private final HandClock clock = new HandClock();
    private final FailurePolicy policy = new FailurePolicy(clock, pauses::add);

    @Test
    void aThreadIsReplacedAtGrowingDistances() {
        for (int i = 0; i < 9; i++) {
            assertThat(fail()).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        }

        assertThat(pauses).containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 10_000L, 10_000L);
    }

    @Test
    void whatFailsTooOftenStops() {
        for (int i = 0; i < FailurePolicy.MOST_FAILURES; i++) {
            assertThat(fail()).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        }

        assertThat(fail()).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    }

    @Test
    void aServerThatIsAwayIsWaitedForHoweverLongItTakes() {
        SchemaRegistry away = new SchemaRegistry("http://127.0.0.1:1/apis/ccompat/v7");
        RuntimeException noRegistry = catchThrowableOfType(RegistryException.class, () -> away.schemaOf(7));
        RuntimeException noBroker = new TimeoutException("no answer in 60000ms");
        for (int i = 0; i < 10 * FailurePolicy.MOST_FAILURES; i++) {
            assertThat(policy.handle(new StreamsException(i % 2 == 0 ? noRegistry : noBroker)))
                    .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        }

        assertThat(pauses).last().isEqualTo(10_000L);
        assertThat(fail()).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    }

    @Test
    void whatFailedLongAgoDoesNotCount() {
        for (int i = 0; i < 10 * FailurePolicy.MOST_FAILURES; i++) {
            clock.now = clock.now.plus(Duration.ofMinutes(1));
            assertThat(fail()).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        }
    }

    private StreamThreadExceptionResponse fail() {
        return policy.handle(new IllegalStateException("meant to fail"));
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
