package io.tollgate.bench.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BooksTest {
    private static final String METRICS =
            """
            # TYPE tollgate_sink_records_total counter
            tollgate_sink_records_total{topic="usage.rated"} 1.2345678E7
            tollgate_sink_records_total{topic="usage.outcomes"} 12.0
            tollgate_sink_batches_total{topic="usage.rated"} 3.0
            """;

    @Test
    void aTopicsRecordsAreCounted() {
        assertThat(Books.committed(METRICS, "usage.rated")).isEqualTo(12_345_678);
        assertThat(Books.committed(METRICS, "usage.outcomes")).isEqualTo(12);
    }

    @Test
    void beforeThereIsOneThereAreNone() {
        assertThat(Books.committed("", "usage.rated")).isZero();
    }
}
