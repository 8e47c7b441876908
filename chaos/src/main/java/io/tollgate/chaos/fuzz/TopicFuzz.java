package io.tollgate.chaos.fuzz;

import io.tollgate.chaos.fuzz.input.HostileRecords;
import io.tollgate.chaos.fuzz.input.RecordInput;
import io.tollgate.schemas.topic.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records to topics, past everybody who would not have written them, and remembers where they lie. */
final class TopicFuzz implements AutoCloseable {
    /** Of what compresses well; the broker's own limit is on what comes. */
    private static final int MOST_BYTES = 16 << 20;

    private static final int MOST_TOLD = 20;

    private final HostileRecords records;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, Integer> partitions = new HashMap<>();
    private final Map<Place, String> unreadable = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> kinds = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();
    private final AtomicLong written = new AtomicLong();

    /** Where a record lies. */
    record Place(String topic, int partition, long offset) {}

    TopicFuzz(String kafka, HostileRecords records, List<Topic> topics) {
        this.records = records;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "gzip",
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        MOST_BYTES),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        topics.forEach(topic -> partitions.put(
                topic.name(), producer.partitionsFor(topic.name()).size()));
    }

    /** Returns when the brokers have all of them. */
    void send(long first, long count) {
        for (long number = first; number < first + count; number++) {
            RecordInput input = records.input(number);
            int partition = input.partition() % partitions.getOrDefault(input.topic(), 1);
            long own = number;
            Future<RecordMetadata> unused = producer.send(
                    new ProducerRecord<>(input.topic(), partition, input.key(), input.value(), input.headers()),
                    (at, failure) -> {
                        if (failure == null) {
                            note(input, at);
                        } else if (complaints.size() < MOST_TOLD) {
                            complaints.add(
                                    "record " + own + ", " + input.what() + ", to " + input.topic() + ": " + failure);
                        }
                    });
        }
        producer.flush();
    }

    private void note(RecordInput input, RecordMetadata at) {
        written.incrementAndGet();
        kinds.computeIfAbsent(input.what(), first -> new AtomicLong()).incrementAndGet();
        if (input.unreadable()) {
            unreadable.put(new Place(at.topic(), at.partition(), at.offset()), input.what());
        }
    }

    long written() {
        return written.get();
    }

    /** How often each thing was wrong. */
    Map<String, AtomicLong> kinds() {
        return kinds;
    }

    /** What holds no record, and why. */
    Map<Place, String> unreadable() {
        return unreadable;
    }

    /** The first that the brokers would not take: then they were not hostile enough to be an input. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        producer.close();
    }
}
