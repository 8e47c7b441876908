package io.tollgate.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyBucketsTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "10, 0", "11, 1", "20, 1", "600000, 28", "600001, 29", "9223372036854775807, 29"})
    void aLatencyFallsIntoTheFirstBucketWhoseBoundIsNotBelowIt(long latencyMs, int expected) {
        assertThat(LatencyBuckets.indexOf(latencyMs)).isEqualTo(expected).isLessThan(LatencyBuckets.COUNT);
    }
}
