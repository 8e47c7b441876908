package io.tollgate.chaos.part;

import java.util.Locale;

/** What a process of the system is. */
public enum PartKind {
    BROKER,
    REGISTRY,
    GATEWAY,
    STREAMS,
    SINK,
    USAGE_API;

    /** As it is called in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
