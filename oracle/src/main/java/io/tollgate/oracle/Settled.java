package io.tollgate.oracle;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/** Whether all is done: no transaction open, nothing written that the topology or the sink has not read. */
final class Settled {
    /** A window of a quota that ends just now is a transaction, a state and a row, too. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final KafkaLog log;

    Settled(KafkaLog log) {
        this.log = log;
    }

    interface Question<E extends Exception> {
        Check ask() throws E, InterruptedException;
    }

    /** Asks again for a moment, where the answer is no. */
    static <E extends Exception> Check await(Question<E> question) throws E, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Check check = question.ask();
        while (!check.holds() && System.nanoTime() < deadline) {
            Thread.sleep(PAUSE.toMillis());
            check = question.ask();
        }
        return check;
    }

    Check openTransactions() throws InterruptedException {
        Tally tally = new Tally("open_transactions");
        List<TopicPartition> partitions = log.partitions(new TreeSet<>(log.topics()));
        Map<TopicPartition, Long> written = log.writtenEnds(partitions);
        Map<TopicPartition, Long> stable = log.ends(partitions);
        for (TopicPartition partition : partitions) {
            Long end = written.get(partition);
            // The end that was asked for first: what came since is not held against it.
            tally.demand(
                    end != null && stable.getOrDefault(partition, 0L) >= end,
                    partition + ": readable to " + stable.get(partition) + ", written to " + end);
        }
        Set<String> open = log.openTransactions();
        tally.demand(open.isEmpty(), "not ended: " + open);
        return tally.toCheck();
    }

    Check streamsLag(String group) throws InterruptedException {
        Tally tally = new Tally("streams_lag");
        Map<TopicPartition, Long> ends = log.ends(log.partitions(Topics.METERED));
        Map<TopicPartition, Long> read = new HashMap<>();
        log.groupOffsets(group).forEach((partition, offset) -> {
            if (offset != null) {
                read.put(partition, offset.offset());
            }
        });
        checkRead(group, ends, read, tally);
        return tally.toCheck();
    }

    /** Where the sink's topics end. What it has to be asked before the tables are. */
    Map<TopicPartition, Long> bookedEnds() throws InterruptedException {
        return log.ends(log.partitions(Topics.BOOKED));
    }

    /** @param ends that must be in the tables by now */
    Check sinkLag(Books books, Map<TopicPartition, Long> ends) throws SQLException, InterruptedException {
        Tally tally = new Tally("sink_lag");
        Map<TopicPartition, Long> read = new HashMap<>();
        Map<String, String> clusters = new HashMap<>();
        Map<String, String> topicIds = new HashMap<>();
        books.read("SELECT topic, partition, next_offset, cluster_id, topic_id FROM sink_progress", row -> {
            read.put(new TopicPartition(row.getString("topic"), row.getInt("partition")), row.getLong("next_offset"));
            clusters.put(row.getString("topic"), row.getString("cluster_id"));
            topicIds.put(row.getString("topic"), row.getString("topic_id"));
        });
        checkRead("sink_progress", ends, read, tally);
        String cluster = log.clusterId();
        clusters.keySet().retainAll(Topics.BOOKED);
        Map<String, String> ids = log.topicIds(clusters.keySet());
        for (String topic : clusters.keySet()) {
            tally.same("cluster of " + topic, cluster, clusters.get(topic));
            tally.same("id of " + topic, ids.get(topic), topicIds.get(topic));
        }
        return tally.toCheck();
    }

    private void checkRead(String who, Map<TopicPartition, Long> ends, Map<TopicPartition, Long> read, Tally tally) {
        Map<TopicPartition, Long> beginnings = log.beginnings(ends.keySet());
        ends.forEach((partition, end) -> {
            long first = beginnings.getOrDefault(partition, 0L);
            long next = Math.max(first, read.getOrDefault(partition, first));
            // What lies behind the last record may be no more than the mark of a transaction's end.
            long unread = next < end ? log.countFrom(partition, next, end) : 0;
            tally.demand(unread == 0, who + " has " + unread + " records of " + partition + " before it, from " + next);
        });
    }
}
