package io.tollgate.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyBucketsTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "10, 0", "11, 1", "20, 1", "600000, 28", "600001, 29", "9223372036854775807, 29"})
    void aLatencyFallsIntoTheFirstBucketWhoseBoundIsNotBelowIt(long latencyMs, int expected) {
        assertThat(LatencyBuckets.indexOf(latencyMs)).isEqualTo(expected).isLessThan(LatencyBuckets.COUNT);
    }

    @Test
    void aPercentileLiesInTheBucketThatTheTrueOneLiesIn() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            long[] latencies = random.longs(1 + random.nextInt(300), 0, 1L << (4 + random.nextInt(17)))
                    .sorted()
                    .toArray();
            List<Long> counts = new ArrayList<>(Collections.nCopies(LatencyBuckets.COUNT, 0L));
            Arrays.stream(latencies)
                    .forEach(ms -> counts.set(LatencyBuckets.indexOf(ms), counts.get(LatencyBuckets.indexOf(ms)) + 1));
            for (int percent : new int[] {1, 50, 95, 100}) {
                long truth = latencies[Math.max(1, (latencies.length * percent + 99) / 100) - 1];
                long estimate = LatencyBuckets.percentile(counts, percent).orElseThrow();
                // The last bucket has no upper bound: its lower one is told.
                int bucket = LatencyBuckets.indexOf(truth);
                assertThat(bucket == LatencyBuckets.COUNT - 1 ? estimate + 1 : Math.max(estimate, 0))
                        .as("seed %d, p%d of %s", seed, percent, Arrays.toString(latencies))
                        .satisfies(ms -> assertThat(LatencyBuckets.indexOf(ms)).isEqualTo(bucket));
            }
        }
    }

    @Test
    void aBucketsRequestsAreTakenToLieEvenly() {
        List<Long> counts = new ArrayList<>(Collections.nCopies(LatencyBuckets.COUNT, 0L));
        counts.set(LatencyBuckets.indexOf(1_000), 4L);
        assertThat(LatencyBuckets.percentile(counts, 50)).hasValue(875);
        assertThat(LatencyBuckets.percentile(counts, 95)).hasValue(1_000);
        counts.set(LatencyBuckets.COUNT - 1, 4L);
        assertThat(LatencyBuckets.percentile(counts, 95)).hasValue(600_000);
        assertThat(LatencyBuckets.percentile(List.of(), 50)).isEmpty();
    }

    @Test
    void theFirstOfManyInABucketIsNotPutIntoTheOneBelow() {
        List<Long> counts = new ArrayList<>(Collections.nCopies(LatencyBuckets.COUNT, 0L));
        counts.set(LatencyBuckets.indexOf(30), 49L);
        counts.set(LatencyBuckets.indexOf(40), 100L);
        assertThat(LatencyBuckets.percentile(counts, 33)).hasValue(36);
    }
}
