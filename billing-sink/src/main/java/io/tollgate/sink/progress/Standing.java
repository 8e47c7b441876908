package io.tollgate.sink.progress;

import org.jspecify.annotations.Nullable;

/** Where the books stand with a partition, held against the log that is there now. */
public sealed interface Standing {

    /** Read on from here. */
    record At(long offset) implements Standing {}

    /** Nothing of this partition has been written yet. */
    record New(long offset) implements Standing {}

    /** The log is not the one that the books were written from, or has lost records that are not in them. */
    record Broken(String reason) implements Standing {}

    /**
     * Holds the row against the log.
     *
     * @param row of the partition, null where there is none
     * @param logStart first offset that the partition still has
     */
    static Standing of(Progress.@Nullable Row row, TopicIdentity now, int partition, long logStart) {
        if (row == null) {
            return new New(logStart);
        }
        String where = now.topic() + "-" + partition;
        if (!row.clusterId().equals(now.clusterId())) {
            return new Broken(where + " was written from Kafka cluster " + row.clusterId() + " and this one is "
                    + now.clusterId());
        }
        if (!row.topicId().equals(now.topicId())) {
            return new Broken(where + " was written from topic id " + row.topicId()
                    + " and the topic has been made anew as " + now.topicId());
        }
        if (logStart > row.nextOffset()) {
            return new Broken(where + " begins at offset " + logStart + " and the books end before offset "
                    + row.nextOffset() + ": the records between are gone");
        }
        return new At(row.nextOffset());
    }
}
