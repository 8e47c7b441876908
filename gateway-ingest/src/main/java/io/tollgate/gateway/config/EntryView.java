package io.tollgate.gateway.config;

import io.tollgate.avro.AuditEntry;
import io.tollgate.gateway.config.Differences.Difference;
import io.tollgate.gateway.http.Json;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a version did to one record, as JSON.
 *
 * @param before as it was shown; null: it was not there
 * @param after null: it is gone; of prices an array of those that were added
 * @param differences by member; that the record has another version goes without saying
 */
record EntryView(
        int position,
        String action,
        String kind,
        String id,
        @Nullable String company,
        @Nullable JsonNode before,
        @Nullable JsonNode after,
        List<Difference> differences) {

    private static final Set<String> BOOKKEEPING = Set.of("/version", "/created_at", "/updated_at");

    static EntryView of(AuditEntry entry) {
        JsonNode before = tree(entry.getBefore());
        JsonNode after = tree(entry.getAfter());
        return new EntryView(
                entry.getPosition(),
                entry.getAction(),
                entry.getKind(),
                entry.getId(),
                entry.getCompany(),
                before,
                after,
                Differences.between(before, after).stream()
                        .filter(difference -> !BOOKKEEPING.contains(difference.path()))
                        .toList());
    }

    private static @Nullable JsonNode tree(@Nullable String json) {
        return json == null ? null : Json.MAPPER.readTree(json);
    }
}
