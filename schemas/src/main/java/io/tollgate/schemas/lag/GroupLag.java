package io.tollgate.schemas.lag;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * What groups have yet to read, as the brokers know it: it is told of a consumer that hangs or is not there, too. A
 * transaction's end takes an offset of its own, so a topic that is written in transactions may show some records where
 * nothing is left to be read.
 *
 * @param records of all partitions together
 */
public record GroupLag(String group, String topic, long records) {
    private static final long TIMEOUT_SECONDS = 10;

    /**
     * Asks for all of them.
     *
     * @param topics of each group; a partition of which the group has read nothing counts from its first record on
     * @throws KafkaException if the brokers don't answer
     */
    public static List<GroupLag> read(Admin admin, Map<String, Set<String>> topics) {
        Map<String, TopicDescription> described = get(admin.describeTopics(
                        topics.values().stream().flatMap(Collection::stream).collect(Collectors.toSet()))
                .allTopicNames());
        List<TopicPartition> partitions = described.values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
        Map<TopicPartition, Long> ends = offsets(admin, partitions, OffsetSpec.latest());
        Map<TopicPartition, Long> starts = offsets(admin, partitions, OffsetSpec.earliest());
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed =
                get(admin.listConsumerGroupOffsets(topics.keySet().stream()
                                .collect(Collectors.toMap(
                                        Function.identity(), group -> new ListConsumerGroupOffsetsSpec())))
                        .all());
        return topics.entrySet().stream()
                .flatMap(group -> group.getValue().stream()
                        .map(topic -> new GroupLag(
                                group.getKey(),
                                topic,
                                lag(topic, committed.getOrDefault(group.getKey(), Map.of()), starts, ends))))
                .toList();
    }

    private static long lag(
            String topic,
            Map<TopicPartition, OffsetAndMetadata> committed,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .filter(end -> end.getKey().topic().equals(topic))
                .mapToLong(end -> {
                    long start = starts.getOrDefault(end.getKey(), 0L);
                    OffsetAndMetadata reached = committed.get(end.getKey());
                    return Math.max(0, end.getValue() - (reached == null ? start : Math.max(start, reached.offset())));
                })
                .sum();
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, which));
        Map<TopicPartition, ListOffsetsResultInfo> found =
                get(admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all());
        Map<TopicPartition, Long> offsets = new HashMap<>();
        found.forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException("the brokers could not say how far a group is: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("the brokers did not say how far a group is", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking how far a group is", e);
        }
    }
}
