package io.tollgate.sink.consume;

import io.tollgate.schemas.topic.Topic;

/**
 * A topic, and how it is to be read.
 *
 * @param quiet it has few records, and they are written as they come; of the others it is waited for more, so that they are
 *     written many at a time
 * @param mayHaveGaps records of it that were deleted before they were written are passed over; of the others that stops the
 *     consumer, until a person has decided
 */
public record Source(String topic, boolean quiet, boolean mayHaveGaps) {

    public static Source busy(Topic topic) {
        return new Source(topic.name(), false, false);
    }

    public static Source quiet(Topic topic) {
        return new Source(topic.name(), true, false);
    }

    /** For a topic that keeps its records for a shorter time than the sink may be away, and of which no money depends. */
    public static Source withGaps(Topic topic) {
        return new Source(topic.name(), false, true);
    }
}
