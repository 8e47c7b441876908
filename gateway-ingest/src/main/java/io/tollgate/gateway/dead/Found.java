package io.tollgate.gateway.dead;

import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.UnreadableRecordException;
import io.tollgate.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A dead letter that was meant: it goes in again, or is left, and why. */
public sealed interface Found {
    /** Where a letter's original must come from to be a submission. */
    Set<String> SUBMISSIONS = Set.of(Topics.USAGE_INBOX.name(), Topics.USAGE_EVENTS.name());

    DeadLetter letter();

    /**
     * Its original is a submission, and is judged again.
     *
     * @param key of the original
     */
    @SuppressWarnings("ArrayRecordComponent") // written, never compared
    record Replayable(DeadLetter letter, byte @Nullable [] key, byte[] original) implements Found {}

    /**
     * It stays where it is.
     *
     * @param reason a word that does not change
     * @param isFixable whether an event may be written in place of the original, of which nothing can be read
     */
    record Left(DeadLetter letter, String reason, String detail, boolean isFixable) implements Found {}

    /** Decides about one letter; {@code codec} reads what the inbox takes. */
    static Found of(DeadLetter letter, byte @Nullable [] key, AvroCodec<Submission> codec) {
        if (!SUBMISSIONS.contains(letter.getOriginTopic())) {
            return new Left(
                    letter,
                    "no_submission",
                    "a record of " + letter.getOriginTopic() + " is made from events: what made it has to be mended",
                    false);
        }
        ByteBuffer kept = letter.getOriginal();
        if (kept == null) {
            return new Left(letter, "no_original", "the letter holds no original: read it at its own place", true);
        }
        byte[] original = new byte[kept.remaining()];
        kept.duplicate().get(original);
        try {
            SubmissionKind kind = codec.decode(original).getKind();
            return kind == SubmissionKind.RERATE
                    ? new Left(letter, "rerating", "a re-rating is asked for again by posting another", false)
                    : new Replayable(letter, key, original);
        } catch (UnreadableRecordException e) {
            return new Left(letter, "unreadable", "it can't be read now either: " + e.getMessage(), true);
        }
    }
}
