package io.tollgate.sink.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Granularity;
import io.tollgate.avro.UsageStats;
import io.tollgate.schemas.StatsKey;
import io.tollgate.sink.Records;
import io.tollgate.sink.batch.Received;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class LatestRowsTest {
    private final LatestRows rows = new LatestRows();

    private static Received<UsageStats> row(String company, long version) {
        UsageStats stats = Records.stats(company, Granularity.DAY, version, "1");
        return new Received<>(new ConsumerRecord<>("usage.stats", 0, 0, StatsKey.of(stats), new byte[0]), stats);
    }

    @Test
    void ofARowThatComesTwiceTheNewestVersionIsKept() {
        rows.add(row("acme", 2));
        rows.add(row("acme", 5));
        rows.add(row("acme", 4));

        assertThat(rows.rows().values()).extracting(UsageStats::getVersion).containsExactly(5L);
    }

    @Test
    void rowsAreInTheOrderOfTheirIds() {
        IntStream.range(0, 100).forEach(company -> rows.add(row("company-" + company, 1)));

        assertThat(List.copyOf(rows.rows().keySet())).hasSize(100).isSorted().allMatch(id -> id.length() == 32);
    }
}
