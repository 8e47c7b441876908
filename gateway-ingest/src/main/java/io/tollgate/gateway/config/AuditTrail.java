package io.tollgate.gateway.config;

import io.tollgate.avro.AuditEntry;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.Consumers;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The audit as it was written: entries in the order of their versions. Where a version begins is found by halving, so that
 * one that is long ago costs no more than a few reads.
 */
final class AuditTrail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    /** A caller waits, and so does whoever wants to change something meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final int MOST_RECORDS = 500;
    private static final int FETCH_BYTES = 1 << 20;
    /** Fewer are read one after the other. */
    private static final long FEW = 200;

    private final AvroCodec<AuditEntry> codec;
    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition = new TopicPartition(Topics.AUDIT_LOG.name(), 0);
    private final long deadline = System.nanoTime() + PATIENCE.toNanos();

    private AuditTrail(Backbone backbone) {
        this.codec = backbone.codecs().audit();
        this.consumer = Consumers.open(backbone.kafka(), MOST_RECORDS, FETCH_BYTES);
        consumer.assign(List.of(partition));
    }

    static AuditTrail open(Backbone backbone) {
        return new AuditTrail(backbone);
    }

    /**
     * Every entry of some versions.
     *
     * @param last inclusive
     * @param most entries that are read
     * @return false: there are more, and those were not given
     * @throws TimeoutException if it takes too long
     */
    boolean read(long first, long last, int most, Consumer<AuditEntry> taker) {
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        consumer.seek(partition, begin(first, end));
        int taken = 0;
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : poll()) {
                // What nobody can read the sink makes a dead letter of.
                AuditEntry entry = codec.decodeOrNull(record.value());
                if (entry != null && entry.getVersion() > last) {
                    return true;
                }
                if (entry != null && entry.getVersion() >= first) {
                    if (taken == most) {
                        return false;
                    }
                    taker.accept(entry);
                    taken++;
                }
            }
        }
        return true;
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** An offset at or a little before the first entry of a version. */
    private long begin(long version, long end) {
        long low = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long high = end;
        while (high - low > FEW) {
            long middle = low + (high - low) / 2;
            ConsumerRecord<byte[], byte[]> record = firstFrom(middle, end);
            AuditEntry entry = record == null ? null : codec.decodeOrNull(record.value());
            if (record == null || entry == null || entry.getVersion() >= version) {
                high = middle;
            } else {
                low = record.offset() + 1;
            }
        }
        return low;
    }

    /** Null where only marks of transactions are left. */
    private @Nullable ConsumerRecord<byte[], byte[]> firstFrom(long offset, long end) {
        consumer.seek(partition, offset);
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : poll()) {
                return record;
            }
        }
        return null;
    }

    private List<ConsumerRecord<byte[], byte[]>> poll() {
        if (System.nanoTime() > deadline) {
            throw new TimeoutException("the audit could not be read in " + PATIENCE.toSeconds() + " s");
        }
        return consumer.poll(POLL).records(partition);
    }
}
