package io.tollgate.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StartRetryTest {
    @Test
    void theWaitDoublesUpToHalfAMinute() {
        assertThat(IntStream.rangeClosed(1, 7)
                        .mapToObj(attempt -> StartRetry.waitAfter(attempt).toSeconds()))
                .containsExactly(2L, 4L, 8L, 16L, 30L, 30L, 30L);
        assertThat(StartRetry.waitAfter(Integer.MAX_VALUE).toSeconds()).isEqualTo(30);
    }
}
