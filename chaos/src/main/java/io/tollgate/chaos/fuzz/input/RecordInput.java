package io.tollgate.chaos.fuzz.input;

import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record that nobody of ours would write.
 *
 * @param partition drawn; to be taken by the number of partitions that there are
 * @param unreadable whether it holds no record at all, so that it must be a dead letter wherever there are any. What is
 *     legal Avro may be refused as well; that is for the reader to say
 * @param what is wrong with it, for people
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record RecordInput(
        String topic,
        int partition,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers,
        boolean unreadable,
        String what) {}
