package io.tollgate.sink.consume;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Tries the same batch again and again, with the partitions paused and the group kept alive by polling. It never gives a
 * batch up.
 */
final class PatientErrorHandler extends DefaultErrorHandler {
    private static final long FIRST_WAIT_MS = 100;
    /** Far below {@code max.poll.interval.ms}; after an outage the sink is back within so long. */
    private static final long LONGEST_WAIT_MS = 5_000;

    private final ConsumerStatus status;

    PatientErrorHandler(ConsumerStatus status) {
        super(backOff());
        this.status = status;
        setClassifications(Map.of(), true);
    }

    private static ExponentialBackOff backOff() {
        ExponentialBackOff backOff = new ExponentialBackOff(FIRST_WAIT_MS, 2);
        backOff.setMaxInterval(LONGEST_WAIT_MS);
        return backOff;
    }

    /** An offset that the log does not have: records were deleted before they were written, or the log was cut off. */
    @Override
    public void handleOtherException(
            Exception thrown, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        if (thrown instanceof InvalidOffsetException) {
            status.broken("the log does not have the offset that the books end at: " + thrown.getMessage());
        } else {
            super.handleOtherException(thrown, consumer, container, batchListener);
        }
    }
}
