package io.tollgate.oracle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Kafka's topics, read from their beginning to the end that they had when the reading began: only what is committed. */
final class KafkaLog implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration STUCK = Duration.ofSeconds(60);
    private static final Set<TransactionState> UNDER_WAY =
            Set.of(TransactionState.ONGOING, TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT);

    private final Admin admin;
    private final KafkaConsumer<byte[], byte[]> committed;
    private final KafkaConsumer<byte[], byte[]> all;

    KafkaLog(String bootstrap) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        admin = Admin.create(settings);
        committed = consumer(bootstrap, IsolationLevel.READ_COMMITTED);
        all = consumer(bootstrap, IsolationLevel.READ_UNCOMMITTED);
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrap, IsolationLevel isolation) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("isolation.level", isolation.toString().toLowerCase(Locale.ROOT));
        settings.put("enable.auto.commit", "false");
        settings.put("allow.auto.create.topics", "false");
        settings.put("max.poll.records", "5000");
        settings.put("max.partition.fetch.bytes", Integer.toString(4 << 20));
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Every topic but Kafka's own. */
    Set<String> topics() throws InterruptedException {
        return get(() -> admin.listTopics().names().get());
    }

    /** Empty where there is no such topic. */
    List<TopicPartition> partitions(String topic) {
        return committed.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    List<TopicPartition> partitions(Collection<String> topics) {
        return topics.stream().flatMap(topic -> partitions(topic).stream()).toList();
    }

    Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
        return committed.beginningOffsets(partitions);
    }

    /** Behind what is committed: where an open transaction begins, it ends. */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        return committed.endOffsets(partitions);
    }

    /** Behind all that was written. */
    Map<TopicPartition, Long> writtenEnds(Collection<TopicPartition> partitions) {
        return all.endOffsets(partitions);
    }

    /** Hands over every record of a topic, each partition's in its order. */
    void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        List<TopicPartition> partitions = partitions(topic);
        Map<TopicPartition, Long> from = new HashMap<>(beginnings(partitions));
        read(from, ends(partitions), reader);
    }

    /** How many records lie from a position on. */
    long countFrom(TopicPartition partition, long position, long end) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        read(Map.of(partition, position), Map.of(partition, end), found::add);
        return found.size();
    }

    private void read(
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> to,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        committed.assign(from.keySet());
        from.forEach(committed::seek);
        List<TopicPartition> open = new ArrayList<>(from.keySet());
        long deadline = System.nanoTime() + STUCK.toNanos();
        open.removeIf(partition -> committed.position(partition) >= to.getOrDefault(partition, 0L));
        while (!open.isEmpty()) {
            var records = committed.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.offset() < to.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)) {
                    reader.accept(record);
                }
            }
            if (!records.isEmpty()) {
                deadline = System.nanoTime() + STUCK.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new IllegalStateException("for " + STUCK + " no more of " + open + " could be read");
            }
            open.removeIf(partition -> committed.position(partition) >= to.getOrDefault(partition, 0L));
        }
    }

    /** Ids of the transactions that nobody has ended yet. */
    Set<String> openTransactions() throws InterruptedException {
        return get(() -> admin.listTransactions().all().get()).stream()
                .filter(transaction -> UNDER_WAY.contains(transaction.state()))
                .map(TransactionListing::transactionalId)
                .collect(Collectors.toSet());
    }

    Map<TopicPartition, OffsetAndMetadata> groupOffsets(String group) throws InterruptedException {
        return get(() -> admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get());
    }

    String clusterId() throws InterruptedException {
        return get(() -> admin.describeCluster().clusterId().get());
    }

    Map<String, String> topicIds(Collection<String> topics) throws InterruptedException {
        return get(() -> admin.describeTopics(topics).allTopicNames().get()).values().stream()
                .collect(Collectors.toMap(
                        topic -> topic.name(), topic -> topic.topicId().toString()));
    }

    private interface Question<T> {
        T ask() throws InterruptedException, ExecutionException;
    }

    private static <T> T get(Question<T> question) throws InterruptedException {
        try {
            return question.ask();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not answer: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        committed.close();
        all.close();
        admin.close();
    }
}
