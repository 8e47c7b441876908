package io.tollgate.gateway.ingest;

import org.jspecify.annotations.Nullable;

/** The CloudEvents types that are taken here. */
enum EventType {
    USAGE("tollgate.usage.v1"),
    RESPONSE("tollgate.response.v1"),
    VOID("tollgate.void.v1"),
    AMEND("tollgate.amend.v1");

    private final String json;

    EventType(String json) {
        this.json = json;
    }

    boolean isCorrection() {
        return this == VOID || this == AMEND;
    }

    static @Nullable EventType of(String json) {
        for (EventType type : values()) {
            if (type.json.equals(json)) {
                return type;
            }
        }
        return null;
    }

    static String known() {
        return USAGE.json + ", " + RESPONSE.json + ", " + VOID.json + ", " + AMEND.json;
    }
}
