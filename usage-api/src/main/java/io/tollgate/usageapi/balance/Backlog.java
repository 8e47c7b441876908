package io.tollgate.usageapi.balance;

import io.tollgate.schemas.topic.Topic;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How far Kafka was when the books were about to be read, so that what was on its way then can be told from what is lost.
 *
 * @param committed where the topology had committed to, outputs of everything before it are written
 * @param ends read after {@code committed}: outputs of everything before that are below them
 */
record Backlog(Map<TopicPartition, Long> committed, Map<TopicPartition, End> ends) {

    /**
     * The end of a partition.
     *
     * @param stable what a reader of committed records sees; a commit shows there a moment after it was acknowledged
     * @param last what has been written at all
     */
    record End(long stable, long last) {
        static final End NONE = new End(0, 0);
    }

    /** Where the topology goes on; 0 where it has never committed. */
    long committed(Topic topic, int partition) {
        return committed.getOrDefault(new TopicPartition(topic.name(), partition), 0L);
    }

    End end(Topic topic, int partition) {
        return ends.getOrDefault(new TopicPartition(topic.name(), partition), End.NONE);
    }
}
