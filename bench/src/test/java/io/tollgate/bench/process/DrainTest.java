package io.tollgate.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.bench.Reading;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void whatWasDoneBeforeTheClockStartedIsNotCounted() throws Exception {
        Reading reading = Drain.until(positions(100, 100, 130, 150, 200), 100, 200, LIMIT);
        assertThat(reading.events()).isEqualTo(70);
        assertThat(reading.nanos()).isPositive();
    }

    @Test
    void whatIsOverAtOnceCanNotBeTimed() {
        assertThatThrownBy(() -> Drain.until(positions(0, 200), 0, 200, LIMIT))
                .hasMessageContaining("take more events");
    }

    @Test
    void whatStandsStillIsGivenUp() {
        assertThatThrownBy(() -> Drain.until(() -> 5, 0, 200, Duration.ofMillis(30)))
                .hasMessageContaining("stands at 5");
    }

    private static Drain.Position positions(Integer... positions) {
        Iterator<Integer> next = List.of(positions).iterator();
        return next::next;
    }
}
