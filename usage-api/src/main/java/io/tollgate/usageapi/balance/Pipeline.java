package io.tollgate.usageapi.balance;

import io.tollgate.schemas.kafka.GrouplessConsumer;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.usageapi.balance.Backlog.End;
import io.tollgate.usageapi.settings.UsageApiSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

/**
 * Asks Kafka how far the topology is. A client for each question: balances are rare, and a service that reads reports
 * need not hold connections to brokers that may be away.
 */
@Component
public final class Pipeline {
    /** Wider gaps are a backlog anyway: their width is good enough, and reading them is not. */
    static final long COUNTED_AT_MOST = 10_000;

    private static final List<Topic> TOPICS = List.of(
            Topics.USAGE_INBOX,
            Topics.USAGE_EVENTS,
            Topics.USAGE_RATED,
            Topics.USAGE_OUTCOMES,
            Topics.USAGE_DEAD,
            Topics.USAGE_PARTIALS,
            Topics.USAGE_STATS);

    private final KafkaCluster kafka;
    private final String streamsGroup;
    private final Duration timeout;

    Pipeline(UsageApiSettings settings) {
        this.kafka = settings.cluster();
        this.streamsGroup = settings.streamsGroup();
        this.timeout = settings.kafkaTimeout();
    }

    /**
     * Read it before the books: what moves on in between can only make the backlog larger than it is.
     *
     * @throws KafkaException if Kafka does not answer in time
     */
    public Backlog backlog() {
        int millis = Math.toIntExact(timeout.toMillis());
        Map<String, Object> client = kafka.settings();
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        try (Admin admin = Admin.create(client)) {
            Map<TopicPartition, Long> committed = new HashMap<>();
            await(admin.listConsumerGroupOffsets(streamsGroup, new ListConsumerGroupOffsetsOptions().timeoutMs(millis))
                            .partitionsToOffsetAndMetadata())
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            committed.put(partition, offset.offset());
                        }
                    });
            Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
            Map<String, String> ids = new HashMap<>();
            await(admin.describeTopics(
                                    TOPICS.stream().map(Topic::name).toList(),
                                    new DescribeTopicsOptions().timeoutMs(millis))
                            .allTopicNames())
                    .forEach((name, topic) -> {
                        ids.put(name, topic.topicId().toString());
                        topic.partitions()
                                .forEach(partition -> wanted.put(
                                        new TopicPartition(name, partition.partition()), OffsetSpec.latest()));
                    });
            // The stable end first: what becomes stable between the two counts as the tail.
            Map<TopicPartition, ListOffsetsResultInfo> stable = ends(admin, wanted, IsolationLevel.READ_COMMITTED);
            Map<TopicPartition, ListOffsetsResultInfo> last = ends(admin, wanted, IsolationLevel.READ_UNCOMMITTED);
            Map<TopicPartition, End> ends = wanted.keySet().stream()
                    .collect(Collectors.toMap(
                            partition -> partition,
                            partition -> new End(offset(stable, partition), offset(last, partition))));
            return new Backlog(committed, ends, ids);
        }
    }

    /** Counts by reading, within the time that Kafka has to answer. */
    public Unread unread() {
        return (partition, from, to) -> {
            long gap = Math.max(0, to - from);
            return gap == 0 || gap > COUNTED_AT_MOST ? gap : count(partition, from, to);
        };
    }

    private long count(TopicPartition partition, long from, long to) {
        long deadline = System.nanoTime() + timeout.toNanos();
        long records = 0;
        try (Consumer<byte[], byte[]> consumer = new GrouplessConsumer(kafka)) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, from);
            while (consumer.position(partition, timeout) < to) {
                if (System.nanoTime() > deadline) {
                    return to - from;
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.offset() < to) {
                        records++;
                    }
                }
            }
        }
        return records;
    }

    /**
     * Of each partition the first record that was there when the backlog was read and that the position is not past: a
     * committed one, or where there is none one that is not committed yet.
     *
     * @throws KafkaException if Kafka does not hand it over in time
     */
    public List<ConsumerRecord<byte[], byte[]>> firsts(Backlog backlog, Map<TopicPartition, Long> positions) {
        Map<TopicPartition, ConsumerRecord<byte[], byte[]>> found = new HashMap<>();
        firsts(IsolationLevel.READ_COMMITTED, backlog, positions, found);
        Map<TopicPartition, Long> tails = new HashMap<>();
        positions.forEach((partition, position) -> {
            if (!found.containsKey(partition)) {
                tails.put(partition, Math.max(position, backlog.end(partition).stable()));
            }
        });
        firsts(IsolationLevel.READ_UNCOMMITTED, backlog, tails, found);
        return List.copyOf(found.values());
    }

    private void firsts(
            IsolationLevel isolation,
            Backlog backlog,
            Map<TopicPartition, Long> positions,
            Map<TopicPartition, ConsumerRecord<byte[], byte[]>> found) {
        Map<TopicPartition, Long> left = new HashMap<>();
        positions.forEach((partition, position) -> {
            End end = backlog.end(partition);
            long until = isolation == IsolationLevel.READ_COMMITTED ? end.stable() : end.last();
            if (position < until) {
                left.put(partition, until);
            }
        });
        if (left.isEmpty()) {
            return;
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        try (Consumer<byte[], byte[]> consumer = reader(isolation)) {
            consumer.assign(left.keySet());
            left.keySet().forEach(partition -> consumer.seek(partition, positions.getOrDefault(partition, 0L)));
            while (!left.isEmpty()) {
                if (System.nanoTime() > deadline) {
                    throw new KafkaException("Kafka does not hand over the records at " + left.keySet() + " in time");
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    TopicPartition at = new TopicPartition(record.topic(), record.partition());
                    Long until = left.get(at);
                    if (until != null && record.offset() < until) {
                        found.putIfAbsent(at, record);
                    }
                }
                left.entrySet()
                        .removeIf(at -> found.containsKey(at.getKey())
                                || consumer.position(at.getKey(), timeout) >= at.getValue());
            }
        }
    }

    private Consumer<byte[], byte[]> reader(IsolationLevel isolation) {
        return new GrouplessConsumer(kafka, Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString()));
    }

    private Map<TopicPartition, ListOffsetsResultInfo> ends(
            Admin admin, Map<TopicPartition, OffsetSpec> wanted, IsolationLevel isolation) {
        ListOffsetsOptions options = new ListOffsetsOptions(isolation).timeoutMs(Math.toIntExact(timeout.toMillis()));
        return await(admin.listOffsets(wanted, options).all());
    }

    private static long offset(Map<TopicPartition, ListOffsetsResultInfo> ends, TopicPartition partition) {
        ListOffsetsResultInfo end = ends.get(partition);
        return end == null ? 0 : end.offset();
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new KafkaException("Kafka does not say how far it is: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking Kafka how far it is", e);
        }
    }
}
