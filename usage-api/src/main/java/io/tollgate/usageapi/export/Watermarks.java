package io.tollgate.usageapi.export;

import io.tollgate.avro.RatedUsage;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.SchemaIds;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.usageapi.balance.Backlog;
import io.tollgate.usageapi.balance.Pipeline;
import io.tollgate.usageapi.balance.SinkProgress;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Until when a snapshot of the books is complete: everything that was acknowledged before then is in it.
 *
 * <p>Partitions are looked at one by one and by what lies in them, not by when they last moved: an idle one holds nothing back.
 * Where something has not got into the books, the watermark is the moment when the brokers took the first such submission.
 */
@Component
final class Watermarks {
    private static final Logger LOG = LoggerFactory.getLogger(Watermarks.class);

    private final Pipeline pipeline;
    private final AvroCodec<RatedUsage> rated;
    private final Clock clock;

    Watermarks(Pipeline pipeline, SchemaIds ids, Clock clock) {
        this.pipeline = pipeline;
        this.rated = AvroCodec.reading(Topics.USAGE_RATED, ids);
        this.clock = clock;
    }

    /**
     * Of a snapshot.
     *
     * @param progress as it stands in the snapshot
     * @return null if Kafka does not say
     */
    @Nullable
    Instant of(SinkProgress progress) {
        // Before the ends are read: whatever was acknowledged by now lies before them.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        try {
            Backlog backlog = pipeline.backlog();
            return pipeline.firsts(backlog, positions(backlog, progress)).stream()
                    .map(this::acknowledged)
                    .reduce(now, (first, second) -> first.isBefore(second) ? first : second);
        } catch (KafkaException e) {
            LOG.warn("an export without a watermark: {}", e.toString());
            return null;
        }
    }

    /** Where each of those goes on that stand between a client and the ledger. */
    private static Map<TopicPartition, Long> positions(Backlog backlog, SinkProgress progress) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        for (Topic topic : List.of(Topics.USAGE_INBOX, Topics.USAGE_EVENTS)) {
            for (int partition : backlog.partitions(topic)) {
                positions.put(new TopicPartition(topic.name(), partition), backlog.committed(topic, partition));
            }
        }
        for (int partition : backlog.partitions(Topics.USAGE_RATED)) {
            positions.put(
                    new TopicPartition(Topics.USAGE_RATED.name(), partition),
                    progress.next(Topics.USAGE_RATED, partition));
        }
        return positions;
    }

    /** When the brokers took the submission; a rated one is younger than that. */
    private Instant acknowledged(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(Topics.USAGE_RATED.name())) {
            RatedUsage row = rated.decodeOrNull(record.value());
            if (row != null) {
                return Instant.EPOCH.plus(row.getBookedAt(), ChronoUnit.MICROS);
            }
        }
        return Instant.ofEpochMilli(record.timestamp());
    }
}
