package io.tollgate.streams.totals;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Granularity;
import io.tollgate.avro.UsageStats;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.FixedSchemaIds;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenRowsTest {
    private static final int FULL = 4_096;
    private static final int LARGE_LABEL = 64 << 10;

    private final Codecs codecs = Codecs.settle(new FixedSchemaIds());
    private final WindowStore<byte[], byte[]> store = store();
    private final OpenRows rows = new OpenRows(store, codecs.stats());

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void ordinaryRowsAreHeldByTheThousand() {
        for (int i = 0; i < FULL - 1; i++) {
            rows.add(minute("team-" + i), Granularity.DAY);
        }
        assertThat(rows.isFull()).isFalse();
        rows.add(minute("one more"), Granularity.DAY);
        assertThat(rows.isFull()).isTrue();
    }

    /** Labels are the senders', and thousands of large ones would fill the heap. */
    @Test
    void ofLargeRowsAFewAreHeld() {
        int held = 0;
        while (!rows.isFull()) {
            rows.add(minute(held + "x".repeat(LARGE_LABEL)), Granularity.DAY);
            held++;
        }
        assertThat(held).isLessThan(20);

        Set<Bytes> written = new HashSet<>();
        rows.write((key, row) -> written.add(Bytes.wrap(key)));
        assertThat(written).hasSize(held);
        assertThat(rows.isFull()).isFalse();
    }

    @Test
    void whatIsNotHeldAnyMoreIsReadAgain() {
        rows.add(minute("team"), Granularity.DAY);
        for (int i = 0; !rows.isFull(); i++) {
            rows.add(minute(i + "x".repeat(LARGE_LABEL)), Granularity.DAY);
        }
        rows.write((key, row) -> {});
        rows.add(minute("team"), Granularity.DAY);

        rows.write((key, row) -> {
            UsageStats second = codecs.stats().decode(row);
            assertThat(second.getRequests()).isEqualTo(2);
            assertThat(second.getVersion()).isEqualTo(2);
        });
    }

    private static UsageStats minute(String team) {
        Sum.Name name = new Sum.Name("acme", 0, null, null, "openai", "gpt-4o", null, Map.of("team", team), null);
        UsageStats minute = new Sum(name).toStats();
        minute.setRequests(1L);
        return minute;
    }

    private static WindowStore<byte[], byte[]> store() {
        Duration day = Duration.ofDays(1);
        WindowStore<byte[], byte[]> store = Stores.windowStoreBuilder(
                        Stores.inMemoryWindowStore("rows", day.multipliedBy(2), day, false),
                        Serdes.ByteArray(),
                        Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
        return store;
    }
}
