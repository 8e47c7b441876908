package io.tollgate.usageapi.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A page of the audit, the newest first. */
record AuditBody(List<Item> items, @Nullable String nextCursor, String asOf) {

    /**
     * One thing that was changed.
     *
     * @param version number of the change of the configuration that it is part of
     * @param position within that change
     * @param before as the admin API shows it; null: it was not there
     * @param after null: it is gone
     */
    record Item(
            long version,
            int position,
            String at,
            Actor actor,
            String action,
            String kind,
            String id,
            @Nullable String company,
            @Nullable JsonNode before,
            @Nullable JsonNode after) {
        List<String> place() {
            return List.of(Long.toString(version), Integer.toString(position));
        }
    }

    /**
     * Who changed it, and from where.
     *
     * @param kind {@code token}: whoever has the admin token; {@code admin}: a named administrator; {@code system}
     */
    record Actor(String kind, @Nullable String id, @Nullable String address, @Nullable String requestId) {}
}
