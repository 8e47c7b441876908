package io.tollgate.usageapi.database;

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
        int begin = url.indexOf("//") + 2;
        int end = url.indexOf('/', begin) < 0 ? url.length() : url.indexOf('/', begin);
        // By hand, not by URI: PostgreSQL allows a list of hosts there, which URI does not.
        String authority = url.substring(begin, end);
        int at = authority.lastIndexOf('@');
        String jdbc = "jdbc:postgresql://" + authority.substring(at + 1) + url.substring(end);
        if (at < 0) {
            return new PostgresUrl(jdbc, null, null);
        }
        String account = authority.substring(0, at);
        int colon = account.indexOf(':');
        return colon < 0
                ? new PostgresUrl(jdbc, decoded(account), null)
                : new PostgresUrl(jdbc, decoded(account.substring(0, colon)), decoded(account.substring(colon + 1)));
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
