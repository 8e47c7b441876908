package io.tollgate.usageapi.balance;

import io.tollgate.schemas.topic.Topic;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far Kafka was when the books were about to be read, so that what was on its way then can be told from what is lost.
 *
 * @param committed where the topology had committed to, outputs of everything before it are written
 * @param ends read after {@code committed}: outputs of everything before that are below them
 * @param topicIds Kafka's ids of the topics by their names
 */
public record Backlog(
        Map<TopicPartition, Long> committed, Map<TopicPartition, End> ends, Map<String, String> topicIds) {

    /**
     * The end of a partition.
     *
     * @param stable what a reader of committed records sees; a commit shows there a moment after it was acknowledged
     * @param last what has been written at all
     */
    public record End(long stable, long last) {
        static final End NONE = new End(0, 0);
    }

    /** Where the topology goes on; 0 where it has never committed. */
    public long committed(Topic topic, int partition) {
        return committed.getOrDefault(new TopicPartition(topic.name(), partition), 0L);
    }

    public End end(Topic topic, int partition) {
        return end(new TopicPartition(topic.name(), partition));
    }

    End end(TopicPartition partition) {
        return ends.getOrDefault(partition, End.NONE);
    }

    /** Another one where the topic was made again. */
    public @Nullable String id(Topic topic) {
        return topicIds.get(topic.name());
    }

    /** Partitions of a topic. */
    public Set<Integer> partitions(Topic topic) {
        return ends.keySet().stream()
                .filter(partition -> partition.topic().equals(topic.name()))
                .map(TopicPartition::partition)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
