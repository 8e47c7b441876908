package io.tollgate.gateway.rerating;

import io.tollgate.avro.PartitionProgress;
import io.tollgate.avro.RatedUsage;
import io.tollgate.gateway.backbone.Consumers;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.UnreadableRecordException;
import io.tollgate.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads rows of {@code usage.rated} from the positions of a job to its ends, partition by partition in their order. */
final class LedgerReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int FETCH_BYTES = 1 << 20;

    /** A row and the hash of its event. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Row(byte[] event, RatedUsage rated) {}

    private final AvroCodec<RatedUsage> codec;
    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, PartitionProgress> partitions = new HashMap<>();

    /** @param mostRows that are given at once */
    LedgerReader(KafkaCluster kafka, AvroCodec<RatedUsage> codec, List<PartitionProgress> from, int mostRows) {
        this.codec = codec;
        this.consumer = Consumers.open(kafka, mostRows, FETCH_BYTES);
        for (PartitionProgress partition : from) {
            partitions.put(
                    new TopicPartition(Topics.USAGE_RATED.name(), partition.getPartition()),
                    PartitionProgress.newBuilder(partition).build());
        }
        consumer.assign(partitions.keySet());
        partitions.forEach((partition, progress) -> consumer.seek(partition, progress.getPosition()));
        pauseWhatIsRead();
    }

    /** The next rows; none where there are none yet. */
    List<Row> next() {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        List<Row> rows = new ArrayList<>(records.count());
        partitions.forEach((partition, progress) -> {
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                if (record.offset() < progress.getEnd()) {
                    addTo(rows, record);
                }
            }
            long position = consumer.position(partition);
            progress.setPosition(Math.min(Math.max(position, progress.getPosition()), progress.getEnd()));
        });
        pauseWhatIsRead();
        return rows;
    }

    /** What nobody can read is in no ledger: the sink makes a dead letter of it. */
    private void addTo(List<Row> rows, ConsumerRecord<byte[], byte[]> record) {
        try {
            rows.add(new Row(record.key(), codec.decode(record.value())));
        } catch (UnreadableRecordException e) {
            LOG.warn("{}-{}: record {} is no row", record.topic(), record.partition(), record.offset());
        }
    }

    /** Whether every row has been given. */
    boolean isFinished() {
        return partitions.values().stream().allMatch(LedgerReader::isRead);
    }

    /** The position of a partition: all rows before it have been given. */
    long position(int partition) {
        PartitionProgress progress = partitions.get(new TopicPartition(Topics.USAGE_RATED.name(), partition));
        if (progress == null) {
            throw new IllegalArgumentException("partition " + partition + " is not read");
        }
        return progress.getPosition();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void pauseWhatIsRead() {
        consumer.pause(partitions.entrySet().stream()
                .filter(partition -> isRead(partition.getValue()))
                .map(Map.Entry::getKey)
                .toList());
    }

    private static boolean isRead(PartitionProgress progress) {
        return progress.getPosition() >= progress.getEnd();
    }
}
