package io.tollgate.gateway.ingest;

import java.util.Locale;

/** Why one event was not taken. Clients switch on these: none is ever renamed. */
enum RejectionCode {
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

    private final String json = name().toLowerCase(Locale.ROOT);

    String json() {
        return json;
    }
}
