package io.tollgate.streams;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The producer of one stream thread, whose first aborted transaction is its last: whatever would begin another one is
 * told that it is fenced, and Streams then gives up all tasks of the thread and takes them up again where the last
 * commit left them.
 *
 * <p>All tasks of a thread share its transaction. Streams aborts it where one of them is closed as corrupted, having
 * committed what the others did, but not while the group rebalances, when it may not commit: then what the others have
 * read since the last commit is undone on the broker, while they go on behind it, and their next commit loses it (4.3,
 * {@code TaskManager.handleCorruption}; {@code AbortedTransactionIT} shows it). Not to be used by several threads.
 */
final class OneAbortProducer extends KafkaProducer<byte[], byte[]> {
    private boolean aborted;

    OneAbortProducer(Map<String, Object> config) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void beginTransaction() {
        if (aborted) {
            throw new ProducerFencedException(
                    "a transaction was aborted: tasks that had a part in it begin again behind the last commit");
        }
        super.beginTransaction();
    }

    @Override
    public void abortTransaction() {
        aborted = true;
        super.abortTransaction();
    }
}
