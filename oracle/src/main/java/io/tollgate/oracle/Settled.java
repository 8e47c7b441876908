package io.tollgate.oracle;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Whether all is done: no transaction open, nothing written that the topology or the sink has not read. */
final class Settled {
    /** A window of a quota that ends just now is a transaction, too. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final KafkaLog log;

    Settled(KafkaLog log) {
        this.log = log;
    }

    /** Waits a moment for those that come and go. */
    Check transactions() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Check check = openTransactions();
        while (!check.holds() && System.nanoTime() < deadline) {
            Thread.sleep(PAUSE.toMillis());
            check = openTransactions();
        }
        return check;
    }

    private Check openTransactions() throws InterruptedException {
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
        Map<TopicPartition, OffsetAndMetadata> offsets = log.groupOffsets(group);
        Set<String> there = log.topics();
        for (String topic : Topics.METERED) {
            tally.demand(there.contains(topic), "there is no topic " + topic);
            if (there.contains(topic)) {
                Map<TopicPartition, Long> read = new HashMap<>();
                offsets.forEach((partition, offset) -> {
                    if (offset != null) {
                        read.put(partition, offset.offset());
                    }
                });
                checkRead(group, topic, read, tally);
            }
        }
        return tally.toCheck();
    }

    Check sinkLag(Books books) throws SQLException, InterruptedException {
        Tally tally = new Tally("sink_lag");
        Map<TopicPartition, Long> read = new HashMap<>();
        Map<String, String> clusters = new HashMap<>();
        Map<String, String> topicIds = new HashMap<>();
        books.read("SELECT topic, partition, next_offset, cluster_id, topic_id FROM sink_progress", row -> {
            read.put(new TopicPartition(row.getString("topic"), row.getInt("partition")), row.getLong("next_offset"));
            clusters.put(row.getString("topic"), row.getString("cluster_id"));
            topicIds.put(row.getString("topic"), row.getString("topic_id"));
        });
        Set<String> topics = new TreeSet<>(Topics.BOOKED);
        topics.addAll(clusters.keySet());
        topics.retainAll(log.topics());
        Map<String, String> ids = log.topicIds(topics);
        String cluster = log.clusterId();
        for (String topic : topics) {
            checkRead("sink_progress", topic, read, tally);
            if (clusters.containsKey(topic)) {
                tally.same("cluster of " + topic, cluster, clusters.get(topic));
                tally.same("id of " + topic, ids.get(topic), topicIds.get(topic));
            }
        }
        return tally.toCheck();
    }

    private void checkRead(String who, String topic, Map<TopicPartition, Long> read, Tally tally) {
        List<TopicPartition> partitions = log.partitions(topic);
        Map<TopicPartition, Long> ends = log.ends(partitions);
        Map<TopicPartition, Long> beginnings = log.beginnings(partitions);
        for (TopicPartition partition : partitions) {
            long end = value(ends.get(partition));
            long next = value(read.getOrDefault(partition, beginnings.get(partition)));
            // What lies behind the last record may be no more than the mark of a transaction's end.
            long unread =
                    next < end ? log.countFrom(partition, Math.max(next, value(beginnings.get(partition))), end) : 0;
            tally.demand(unread == 0, who + " has " + unread + " records of " + partition + " before it, from " + next);
        }
    }

    private static long value(@Nullable Long offset) {
        return offset == null ? 0 : offset;
    }
}
