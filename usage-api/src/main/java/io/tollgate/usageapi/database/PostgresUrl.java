package io.tollgate.usageapi.database;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is. Takes JDBC's form, and the {@code postgres://user:password@host:port/db} that hosts put into
 * DATABASE_URL.
 */
record PostgresUrl(String jdbc, @Nullable String user, @Nullable String password) {

    /**
     * @throws IllegalArgumentException if it is neither form
     */
    static PostgresUrl parse(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            return new PostgresUrl(url, null, null);
        }
        if (!url.startsWith("postgres://") && !url.startsWith("postgresql://")) {
            throw new IllegalArgumentException(
                    "tollgate.postgres needs jdbc:postgresql://host:port/database or postgres://user:password@host:port/database");
        }
        URI uri = URI.create(url);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String jdbc = "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query;
        String userInfo = uri.getRawUserInfo();
        if (userInfo == null) {
            return new PostgresUrl(jdbc, null, null);
        }
        int colon = userInfo.indexOf(':');
        return colon < 0
                ? new PostgresUrl(jdbc, decoded(userInfo), null)
                : new PostgresUrl(jdbc, decoded(userInfo.substring(0, colon)), decoded(userInfo.substring(colon + 1)));
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
