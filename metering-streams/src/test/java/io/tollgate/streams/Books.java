package io.tollgate.streams;

import io.tollgate.avro.Alert;
import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.Outcome;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.UsageStats;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a reader of committed records finds in the output topics, followed as it grows. */
final class Books implements AutoCloseable {
    final List<RatedUsage> rows = new ArrayList<>();
    final List<Outcome> outcomes = new ArrayList<>();
    final List<DeadLetter> dead = new ArrayList<>();
    final List<Alert> alerts = new ArrayList<>();
    final Map<ByteBuffer, UsageStats> stats = new HashMap<>();

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, BiConsumer<byte[], byte[]>> readers = new HashMap<>();

    Books(String kafka, Codecs codecs) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        collect(Topics.USAGE_RATED, codecs.rated(), rows);
        collect(Topics.USAGE_OUTCOMES, codecs.outcomes(), outcomes);
        collect(Topics.USAGE_DEAD, codecs.dead(), dead);
        collect(Topics.COST_ALERTS, codecs.alerts(), alerts);
        readers.put(
                Topics.USAGE_STATS.name(),
                (key, value) -> stats.put(ByteBuffer.wrap(key), codecs.stats().decode(value)));
        List<TopicPartition> partitions = readers.keySet().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private <T extends SpecificRecord> void collect(Topic topic, AvroCodec<T> codec, List<T> into) {
        readers.put(topic.name(), (key, value) -> into.add(codec.decode(value)));
    }

    /** Reads what has come since. */
    Books read() {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> Objects.requireNonNull(readers.get(record.topic()))
                .accept(record.key(), record.value()));
        return this;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
