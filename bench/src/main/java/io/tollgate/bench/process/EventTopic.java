package io.tollgate.bench.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** One topic: filled, and asked how far it goes and was read. */
public final class EventTopic implements AutoCloseable {
    private final String kafka;
    private final String name;
    private final Admin admin;
    private int partitions;

    public EventTopic(String kafka, String name) {
        this.kafka = kafka;
        this.name = name;
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka));
    }

    /** A record to be. */
    @SuppressWarnings("ArrayRecordComponent") // handed on to a producer, never compared
    public record Message(byte[] key, byte[] value) {}

    /** Makes the next record. */
    @FunctionalInterface
    public interface Source {
        Message next();
    }

    /** Makes the topic, with the settings of the topics that carry events, and as many partitions as they mostly have. */
    public EventTopic create() throws ExecutionException, InterruptedException {
        NewTopic topic = new NewTopic(name, Servers.PARTITIONS, (short) 1)
                .configs(Map.of("message.timestamp.type", "LogAppendTime", "min.insync.replicas", "1"));
        admin.createTopics(List.of(topic)).all().get();
        return this;
    }

    /** Sends so many records, spread by key, and returns when all are acknowledged. */
    public void fill(int events, Source source) {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(producerSettings(kafka))) {
            for (int i = 0; i < events; i++) {
                Message message = source.next();
                Future<RecordMetadata> unused =
                        producer.send(new ProducerRecord<>(name, message.key(), message.value()), (sent, failed) -> {
                            if (failed != null) {
                                failure.set(failed);
                            }
                        });
            }
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("the topic was not filled", failed);
        }
    }

    /** Sends one record to every partition. */
    public void broadcast(Message message) throws ExecutionException, InterruptedException {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(producerSettings(kafka))) {
            for (int partition = 0; partition < partitions(); partition++) {
                RecordMetadata unused = producer.send(
                                new ProducerRecord<>(name, partition, message.key(), message.value()))
                        .get();
            }
        }
    }

    /** Offsets behind the last record, over all partitions. */
    public long end() throws ExecutionException, InterruptedException {
        return admin
                .listOffsets(all().stream()
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                .all()
                .get()
                .values()
                .stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    /** Offsets that a group has committed, over all partitions. */
    public long committed(String group) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        long sum = 0;
        for (TopicPartition partition : all()) {
            OffsetAndMetadata offset = offsets.get(partition);
            sum += offset == null ? 0 : offset.offset();
        }
        return sum;
    }

    @Override
    public void close() {
        admin.close();
    }

    /** How many partitions the topic has. */
    public int partitions() throws ExecutionException, InterruptedException {
        if (partitions == 0) {
            TopicDescription topic =
                    admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
            partitions = Objects.requireNonNull(topic).partitions().size();
        }
        return partitions;
    }

    private List<TopicPartition> all() throws ExecutionException, InterruptedException {
        return IntStream.range(0, partitions())
                .mapToObj(partition -> new TopicPartition(name, partition))
                .toList();
    }

    /** As the gateway's producer, but that it may wait for memory. */
    public static Map<String, Object> producerSettings(String kafka) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 1);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 160L << 20);
        return settings;
    }
}
