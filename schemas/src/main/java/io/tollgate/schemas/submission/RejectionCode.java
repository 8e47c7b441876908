package io.tollgate.schemas.submission;

import java.util.Locale;

/** Why one event was not taken, over HTTP as from the inbox. Clients switch on these: none is ever renamed. */
public enum RejectionCode {
    INVALID_EVENT,
    UNKNOWN_TYPE,
    UNKNOWN_FORMAT,
    INVALID_QUANTITY,
    MISSING_PROVIDER,
    MISSING_MODEL,
    TIMESTAMP_IN_FUTURE,
    TIMESTAMP_TOO_FAR_IN_PAST,
    TOO_MANY_DIMENSIONS,
    VALUE_TOO_LONG,
    SCOPE_MISSING;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As answers and dead letters spell it. */
    public String word() {
        return word;
    }
}
