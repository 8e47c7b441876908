package io.tollgate.bench.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Entry;
import io.tollgate.avro.EntryState;
import io.tollgate.bench.load.UsageEvent;
import io.tollgate.bench.load.UsageLoad;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.schemas.topic.Topic;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EntryRecordsTest {
    private static final long DAYS_35 = Duration.ofDays(35).toMillis();

    private final FixedSchemaIds ids = new FixedSchemaIds();

    @Test
    void aRecordHasTheEntryOfAnEventThatWasCounted() {
        UsageEvent event = new UsageLoad(1, Instant.parse("2026-03-01T12:00:00Z")).next();
        var record = new EntryRecords(4, ids).of(event, 3 * DAYS_35);

        Entry entry = AvroCodec.<Entry>of(new Topic("entries", Entry.getClassSchema(), Topic.Spread.EVENTS, null), ids)
                .decode(record.value());
        assertThat(entry.getState()).isEqualTo(EntryState.LIVE);
        assertThat(entry.getFingerprint()).isEqualTo(event.submission().getFingerprint());
        assertThat(record.partition()).isBetween(0, 3);
        ByteBuffer key = ByteBuffer.wrap(record.key());
        byte[] hash = new byte[16];
        key.get(hash);
        assertThat(hash).isEqualTo(event.hash());
        assertThat(key.getLong()).isEqualTo(3 * DAYS_35);
        assertThat(key.getInt()).isZero();
        assertThat(key.hasRemaining()).isFalse();
    }

    @Test
    void aGenerationIs35Days() {
        assertThat(EntryRecords.generation(3 * DAYS_35)).isEqualTo(3 * DAYS_35);
        assertThat(EntryRecords.generation(4 * DAYS_35 - 1)).isEqualTo(3 * DAYS_35);
        assertThat(EntryRecords.before(3 * DAYS_35)).isEqualTo(2 * DAYS_35);
    }
}
