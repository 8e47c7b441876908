package io.tollgate.gateway.config;

import io.tollgate.avro.AuditEntry;
import io.tollgate.gateway.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a version did to one record, as JSON.
 *
 * @param before as it was shown; null: it was not there
 * @param after null: it is gone
 */
record EntryView(
        int position,
        String action,
        String kind,
        String id,
        @Nullable String company,
        @Nullable JsonNode before,
        @Nullable JsonNode after) {

    static EntryView of(AuditEntry entry) {
        return new EntryView(
                entry.getPosition(),
                entry.getAction(),
                entry.getKind(),
                entry.getId(),
                entry.getCompany(),
                tree(entry.getBefore()),
                tree(entry.getAfter()));
    }

    private static @Nullable JsonNode tree(@Nullable String json) {
        return json == null ? null : Json.MAPPER.readTree(json);
    }
}
