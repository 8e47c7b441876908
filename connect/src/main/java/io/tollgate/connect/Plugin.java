package io.tollgate.connect;

import java.util.Objects;

/** What a worker lists of its plugins. */
final class Plugin {
    private Plugin() {}

    /** Of the jar that this is in; classes outside of one have none. */
    static String version() {
        return Objects.requireNonNullElse(Plugin.class.getPackage().getImplementationVersion(), "unknown");
    }
}
