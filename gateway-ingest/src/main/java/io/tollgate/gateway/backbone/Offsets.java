package io.tollgate.gateway.backbone;

import io.tollgate.schemas.topic.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Asks the brokers for offsets. Each call blocks until they answer, for no longer than the client's own limit. */
public final class Offsets {
    private final Admin admin;

    public Offsets(Admin admin) {
        this.admin = admin;
    }

    /** Behind the last record of each partition, those of open transactions among them. */
    public Map<TopicPartition, Long> ends(Topic topic) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        ask(topic, OffsetSpec.latest()).forEach((partition, found) -> ends.put(partition, found.offset()));
        return ends;
    }

    /**
     * The first offset of each partition whose record was appended at {@code time} (epoch ms) or later; the end where
     * none was.
     */
    public Map<TopicPartition, Long> since(Topic topic, long time) {
        Map<TopicPartition, Long> since = ends(topic);
        ask(topic, OffsetSpec.forTimestamp(time)).forEach((partition, found) -> {
            if (found.offset() >= 0) {
                since.put(partition, found.offset());
            }
        });
        return since;
    }

    /** What a consumer group has committed. */
    public Map<TopicPartition, Long> committed(String group) {
        Map<TopicPartition, Long> committed = new HashMap<>();
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        committed.put(partition, offset.offset());
                    }
                });
        return committed;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> ask(Topic topic, OffsetSpec what) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        await(admin.describeTopics(List.of(topic.name())).allTopicNames()).forEach((name, described) -> described
                .partitions()
                .forEach(partition -> asked.put(new TopicPartition(name, partition.partition()), what)));
        return await(admin.listOffsets(asked).all());
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new KafkaException("the brokers do not tell offsets: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking for offsets", e);
        }
    }
}
