package io.tollgate.usageapi.key;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A page of keys, by id. */
record KeysBody(List<Item> items, @Nullable String nextCursor, String asOf) {

    /**
     * A key, never its secret.
     *
     * @param user set: its events are this user's
     * @param state active, revoked, expired, or blocked: its admissions are denied and its events taken
     * @param lastUsedAt null: not since uses are counted
     * @param usageCount events that were accepted and admissions that were granted; reading is not counted
     */
    record Item(
            String id,
            String company,
            @Nullable String user,
            String name,
            String prefix,
            String state,
            List<String> scopes,
            List<String> models,
            JsonNode labels,
            JsonNode metadata,
            @Nullable String expiresAt,
            boolean blocked,
            @Nullable String revokedAt,
            String createdAt,
            String updatedAt,
            @Nullable String lastUsedAt,
            String usageCount) {}
}
