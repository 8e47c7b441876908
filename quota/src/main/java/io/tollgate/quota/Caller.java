package io.tollgate.quota;

import io.tollgate.avro.UsageStats;
import org.jspecify.annotations.Nullable;

/**
 * Whose usage it is, and of what: what a scope is held against.
 *
 * @param key auth_id of the API key
 * @param model as it is on the books: what answered; of an admission, what is asked for
 */
public record Caller(
        String company,
        @Nullable String user,
        @Nullable String key,
        @Nullable String provider,
        @Nullable String model) {

    /** Of a row of the totals. */
    public static Caller of(UsageStats row) {
        return new Caller(row.getCompany(), row.getUser(), row.getAuthId(), row.getProvider(), row.getModel());
    }
}
