package io.tollgate.gateway.rerating;

import io.tollgate.avro.PartitionProgress;
import io.tollgate.gateway.backbone.Consumers;
import io.tollgate.gateway.backbone.Offsets;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.topic.Groups;
import io.tollgate.schemas.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** How far the topology is with what was written to it, by the offsets that its group has committed. */
final class Topology {
    private static final Duration PROBE = Duration.ofMillis(150);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(500);
    private static final int PROBED_BYTES = 16 << 10;

    private final KafkaCluster kafka;
    private final Offsets offsets;
    private final int mostInFlight;
    private long probedNanos = System.nanoTime() - PROBE_INTERVAL.toNanos();

    /** @param mostInFlight offsets that may lie between what the topology has done and a job's last submission */
    Topology(KafkaCluster kafka, Offsets offsets, int mostInFlight) {
        this.kafka = kafka;
        this.offsets = offsets;
        this.mostInFlight = mostInFlight;
    }

    /** Whether everything before these offsets is done, and what came of it is written. */
    boolean hasPassed(Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> open = open(ends);
        if (open.isEmpty()) {
            return true;
        }
        if (System.nanoTime() - probedNanos < PROBE_INTERVAL.toNanos()) {
            return false;
        }
        boolean passed = holdNoRecords(open, ends);
        probedNanos = System.nanoTime();
        return passed;
    }

    /** The partitions in which it is not there yet, and how far it is. */
    private Map<TopicPartition, Long> open(Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> committed = offsets.committed(Groups.METERING);
        Map<TopicPartition, Long> open = new HashMap<>();
        ends.forEach((partition, end) -> {
            long done = committed.getOrDefault(partition, 0L);
            if (done < end) {
                open.put(partition, done);
            }
        });
        return open;
    }

    /** Whether the topology is close enough behind what the job has sent for more to be sent. */
    boolean hasRoom(Collection<PartitionProgress> partitions) {
        Map<TopicPartition, Long> sent = sent(partitions);
        if (sent.isEmpty()) {
            return true;
        }
        Map<TopicPartition, Long> committed = offsets.committed(Groups.METERING);
        long inFlight = 0;
        for (Map.Entry<TopicPartition, Long> end : sent.entrySet()) {
            inFlight += Math.max(0, end.getValue() - committed.getOrDefault(end.getKey(), 0L));
        }
        return inFlight < mostInFlight;
    }

    /** Whether all that a job has sent is done. */
    boolean hasDone(Collection<PartitionProgress> partitions) {
        return open(sent(partitions)).isEmpty();
    }

    private static Map<TopicPartition, Long> sent(Collection<PartitionProgress> partitions) {
        Map<TopicPartition, Long> sent = new HashMap<>();
        for (PartitionProgress partition : partitions) {
            if (partition.getSentTo() > 0) {
                sent.put(
                        new TopicPartition(Topics.USAGE_EVENTS.name(), partition.getPartition()),
                        partition.getSentTo());
            }
        }
        return sent;
    }

    /**
     * A transaction's end has an offset of its own, and the topology, started again before it, commits beyond it only
     * when another record comes: so it is looked at whether what is missing is anything.
     */
    private boolean holdNoRecords(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        try (Consumer<byte[], byte[]> probe = Consumers.open(kafka, 1, PROBED_BYTES)) {
            probe.assign(from.keySet());
            from.forEach(probe::seek);
            ConsumerRecords<byte[], byte[]> found = probe.poll(PROBE);
            return found.isEmpty()
                    && from.keySet().stream()
                            .allMatch(partition -> probe.position(partition) >= to.getOrDefault(partition, 0L));
        }
    }
}
