package io.tollgate.streams.dead;

import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.Submission;
import io.tollgate.streams.check.Refusal;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where a record lies and what its value was, so that it can be named and, if it must be, buried.
 *
 * @param appendedAt the broker's LogAppendTime, epoch µs
 * @param original the value as it came; null where it had none
 */
public record Origin(String topic, int partition, long offset, long appendedAt, @Nullable ByteBuffer original) {
    /**
     * Largest original that a dead letter carries. Above it the letter would exceed what a producer may send, and a letter
     * that can't be written stops its partition for good.
     */
    static final int LARGEST_ORIGINAL = 900_000;

    public static Origin of(String topic, int partition, long offset, long timestampMs, byte @Nullable [] value) {
        return new Origin(topic, partition, offset, timestampMs * 1_000, value == null ? null : ByteBuffer.wrap(value));
    }

    /** A letter about a record that can't be read. */
    public DeadLetter dead(Refusal why) {
        boolean tooLarge = original != null && original.remaining() > LARGEST_ORIGINAL;
        DeadLetter letter = new DeadLetter();
        letter.setCode(why.code());
        letter.setDetail(
                tooLarge
                        ? why.detail() + " (the original is too large to be kept here: read it at its offset)"
                        : why.detail());
        letter.setOriginTopic(topic);
        letter.setOriginPartition(partition);
        letter.setOriginOffset(offset);
        letter.setOriginTimestamp(appendedAt);
        letter.setOriginal(tooLarge ? null : original);
        return letter;
    }

    /** A letter about a submission that was read and can't be done. */
    public DeadLetter dead(Refusal why, Submission submission) {
        DeadLetter letter = dead(why);
        letter.setCompany(Refusal.storable(submission.getCompany()));
        letter.setSource(Refusal.storable(submission.getSource()));
        letter.setId(Refusal.storable(submission.getId()));
        return letter;
    }
}
