package io.tollgate.standalone.demo;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A CloudEvent as the gateway takes it. */
record DemoEvent(
        String specversion,
        String id,
        String source,
        String type,
        @Nullable String subject,
        String time,
        Map<String, Object> data) {
    static final String USAGE = "tollgate.usage.v1";
    static final String VOID = "tollgate.void.v1";

    boolean isVoid() {
        return type.equals(VOID);
    }
}
