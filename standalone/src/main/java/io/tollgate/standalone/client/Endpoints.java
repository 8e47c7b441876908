package io.tollgate.standalone;

import java.net.URI;

/** Where a started stack is reached. */
public record Endpoints(
        URI gateway,
        URI streams,
        URI sink,
        URI usageApi,
        String kafka,
        String postgresUrl,
        String postgresUser,
        String postgresPassword,
        URI registry) {
    /** Without the password. */
    @Override
    public String toString() {
        return "Endpoints[gateway=" + gateway + ", usageApi=" + usageApi + ", kafka=" + kafka + ", postgres="
                + postgresUrl + ", registry=" + registry + "]";
    }
}
