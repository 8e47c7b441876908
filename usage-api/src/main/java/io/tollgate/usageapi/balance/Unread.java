package io.tollgate.usageapi.balance;

import org.apache.kafka.common.TopicPartition;

/** Counts the records between two offsets of a partition. Offsets alone don't tell: transactions leave marks there. */
@FunctionalInterface
public interface Unread {

    /** Records at {@code [from, to)}; more than there are, where that is not worth finding out, never fewer. */
    long between(TopicPartition partition, long from, long to);
}
