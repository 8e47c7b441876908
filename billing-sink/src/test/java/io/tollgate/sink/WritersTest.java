package io.tollgate.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.schemas.topic.Topics;
import io.tollgate.sink.consume.Source;
import org.junit.jupiter.api.Test;

class WritersTest {
    /** Each of a dead letter's originals may have 900 kB; five hundred of them at once are no heap's. */
    @Test
    void whatMayBeLargeComesInSmallBatches() {
        assertThat(Writers.batch(Source.busy(Topics.USAGE_DEAD), 500)).isEqualTo(25);
        assertThat(Writers.batch(Source.quiet(Topics.CONFIG_PRICES), 500)).isEqualTo(25);
        assertThat(Writers.batch(Source.busy(Topics.USAGE_DEAD), 10)).isEqualTo(10);
        assertThat(Writers.batch(Source.busy(Topics.USAGE_RATED), 500)).isEqualTo(500);
    }
}
