package io.tollgate.sink.migration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of the schema.
 *
 * @param state {@code applied}, {@code pending}, or {@code unknown} to this program, which is then the older one;
 *     {@code failed} can't be on PostgreSQL, where a migration is one transaction
 * @param installedAt null while it is pending
 * @param installedBy role
 */
public record Version(
        int number, String description, String state, @Nullable Instant installedAt, @Nullable String installedBy) {
    static final String APPLIED = "applied";
    static final String PENDING = "pending";
    static final String UNKNOWN = "unknown";

    public boolean isPending() {
        return state.equals(PENDING);
    }

    /** Whether the database has it, known here or not. */
    public boolean isThere() {
        return installedAt != null;
    }
}
