package io.tollgate.schemas;

import org.jspecify.annotations.Nullable;

/** Key of a dead letter: that of the record it is about. */
public final class DeadLetterKey {
    /** A letter that a larger one alone makes too large to be written would stop its partition for good. */
    private static final int LARGEST = 64 << 10;

    private DeadLetterKey() {}

    /** Null where the record has none, or one that no letter can have. */
    public static byte @Nullable [] of(byte @Nullable [] recordKey) {
        return recordKey == null || recordKey.length > LARGEST ? null : recordKey;
    }
}
