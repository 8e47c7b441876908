package io.tollgate.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Bytes that are no record of the expected kind. Final: reading them again gives the same answer. */
public final class UnreadableRecordException extends SerializationException {
    private static final long serialVersionUID = 1L;

    UnreadableRecordException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
