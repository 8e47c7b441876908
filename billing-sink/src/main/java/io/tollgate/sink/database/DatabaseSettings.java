package io.tollgate.sink.database;

import io.tollgate.schemas.database.DatabaseUrl;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the database.
 *
 * @param url see {@link DatabaseUrl}
 * @param user where given, wins over the URL's
 * @param password where given, wins over the URL's
 * @param schema where the tables are; made by the migration
 * @param poolSize most connections at once
 */
public record DatabaseSettings(
        String url, @Nullable String user, @Nullable String password, String schema, int poolSize) {

    /** Without the secrets, of which the URL may hold one. */
    @Override
    public String toString() {
        return "DatabaseSettings[schema=" + schema + "]";
    }
}
