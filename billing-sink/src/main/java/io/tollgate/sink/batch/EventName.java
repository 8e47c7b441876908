package io.tollgate.sink.batch;

import org.jspecify.annotations.Nullable;

/** Which event a record speaks of, as far as it says. */
public record EventName(@Nullable String company, @Nullable String source, @Nullable String id) {
    /** Of a record that speaks of no single event. */
    public static final EventName NONE = new EventName(null, null, null);
}
