package io.tollgate.usageapi.live;

import io.tollgate.schemas.kafka.KafkaCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Which topics the {@link Source}s are, and their partitions. */
final class LiveTopics implements AutoCloseable {
    private final Admin admin;

    /**
     * The topics as they were found.
     *
     * @param topics a topic that is made again has another number
     * @param counts partitions of each
     */
    record Found(List<Long> topics, List<Integer> counts) {

        List<TopicPartition> partitions() {
            List<TopicPartition> partitions = new ArrayList<>();
            for (Source source : Source.ALL) {
                for (int partition = 0; partition < counts.get(source.place()); partition++) {
                    partitions.add(new TopicPartition(source.topic(), partition));
                }
            }
            return partitions;
        }

        /** A position in them; what is not among the offsets has not been read. */
        Position position(Map<TopicPartition, Long> offsets) {
            long[][] next = new long[Source.ALL.size()][];
            for (Source source : Source.ALL) {
                long[] ofSource = new long[counts.get(source.place())];
                Arrays.setAll(
                        ofSource, partition -> offsets.getOrDefault(new TopicPartition(source.topic(), partition), 0L));
                next[source.place()] = ofSource;
            }
            return Position.of(topics.stream().mapToLong(Long::longValue).toArray(), next);
        }

        /** Whether a position is one in them. */
        boolean isOf(Position position) {
            return position.isOfTopicsOf(position(Map.of()));
        }
    }

    LiveTopics(KafkaCluster kafka, Duration timeout) {
        Map<String, Object> settings = kafka.settings();
        int millis = Math.toIntExact(timeout.toMillis());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        this.admin = Admin.create(settings);
    }

    static Source source(TopicPartition partition) {
        for (Source source : Source.ALL) {
            if (source.topic().equals(partition.topic())) {
                return source;
            }
        }
        throw new IllegalArgumentException("no source: " + partition);
    }

    /**
     * The topics as they are now; null while one is missing.
     *
     * @throws KafkaException if Kafka does not say
     */
    @Nullable
    Found find() {
        Map<String, TopicDescription> all = new HashMap<>();
        try {
            all.putAll(
                    admin.describeTopics(Source.ALL.stream().map(Source::topic).toList())
                            .allTopicNames()
                            .get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return null;
            }
            throw new KafkaException("Kafka does not say which topics there are: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        List<Long> topics = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        for (Source source : Source.ALL) {
            TopicDescription topic = all.get(source.topic());
            if (topic == null) {
                return null;
            }
            topics.add(topic.topicId().getMostSignificantBits());
            counts.add(topic.partitions().size());
        }
        return new Found(topics, counts);
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
