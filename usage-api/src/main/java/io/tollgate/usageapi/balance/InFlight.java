package io.tollgate.usageapi.balance;

import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.usageapi.balance.Backlog.End;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells what is on its way from what is lost. A submission without an outcome is on its way while the topology has not
 * committed past it, or while its outcome lies in Kafka before the sink; beyond that it is drift.
 *
 * <p>Partition by partition: outputs keep the partition number of usage.events, so a backlog in one partition excuses
 * nothing that is missing in another.
 */
final class InFlight {
    /** Totals are combined for a moment before they are sent on, where nothing outside can see them. */
    private static final Duration STATS_SETTLE = Duration.ofSeconds(15);

    private final Books books;
    private final Backlog backlog;
    private final Unread unread;

    InFlight(Books books, Backlog backlog, Unread unread) {
        this.books = books;
        this.backlog = backlog;
        this.unread = unread;
    }

    /** How many submissions without an outcome are on their way: an upper bound, at most what is missing. */
    long submissions() {
        long sum = 0;
        for (Map.Entry<Integer, Tally> entry : books.tallies().entrySet()) {
            long missing = entry.getValue().missing();
            if (missing > 0) {
                sum += Math.min(missing, onTheirWay(entry.getKey()));
            }
        }
        return sum;
    }

    private long onTheirWay(int partition) {
        long unprocessed = unread.between(
                new TopicPartition(Topics.USAGE_EVENTS.name(), partition),
                backlog.committed(Topics.USAGE_EVENTS, partition),
                progress(Topics.USAGE_EVENTS, partition));
        return unprocessed
                + unwritten(Topics.USAGE_RATED, partition)
                + unwritten(Topics.USAGE_OUTCOMES, partition)
                + unwritten(Topics.USAGE_DEAD, partition);
    }

    /**
     * Whether ledger and stats have had the time to meet: nothing waits between them, and the ledger has been still for
     * longer than totals are combined.
     */
    boolean moneyIsSettled() {
        Duration still = books.sinceLedgerMoved();
        if (still != null && still.compareTo(STATS_SETTLE) < 0) {
            return false;
        }
        for (int partition : partitions()) {
            boolean waiting = unprocessed(Topics.USAGE_EVENTS, partition)
                    || unprocessed(Topics.USAGE_PARTIALS, partition)
                    || unwritten(Topics.USAGE_RATED, partition) > 0
                    || unwritten(Topics.USAGE_STATS, partition) > 0;
            if (waiting) {
                return false;
            }
        }
        return true;
    }

    private Set<Integer> partitions() {
        Set<Integer> partitions = new TreeSet<>(books.tallies().keySet());
        backlog.ends().keySet().forEach(partition -> partitions.add(partition.partition()));
        return partitions;
    }

    private boolean unprocessed(Topic topic, int partition) {
        return waiting(topic, partition, backlog.committed(topic, partition)) > 0;
    }

    private long unwritten(Topic topic, int partition) {
        return waiting(topic, partition, progress(topic, partition));
    }

    /** Committed records from there on, and the tail that is not stable yet, every offset of it taken for a record. */
    private long waiting(Topic topic, int partition, long from) {
        End end = backlog.end(topic, partition);
        long tail = Math.max(0, end.last() - Math.max(from, end.stable()));
        return tail + unread.between(new TopicPartition(topic.name(), partition), from, end.stable());
    }

    private long progress(Topic topic, int partition) {
        return books.progress().getOrDefault(new TopicPartition(topic.name(), partition), 0L);
    }
}
