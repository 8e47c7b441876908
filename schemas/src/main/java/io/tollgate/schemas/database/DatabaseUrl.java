package io.tollgate.schemas.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is: {@code jdbc:postgresql://host/db}, or the form that platforms put into {@code DATABASE_URL},
 * {@code postgresql://user:password@host:5432/db?sslmode=require} ({@code postgres://} too).
 *
 * @param jdbc without user and password
 */
public record DatabaseUrl(String jdbc, @Nullable String user, @Nullable String password) {

    /**
     * Reads either form.
     *
     * @throws IllegalArgumentException if it is neither; the message names no password
     */
    public static DatabaseUrl parse(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            return new DatabaseUrl(url, null, null);
        }
        if (!url.startsWith("postgresql://") && !url.startsWith("postgres://")) {
            throw new IllegalArgumentException(
                    "a database URL begins with jdbc:postgresql:, postgresql:// or postgres://");
        }
        try {
            // Not URI's own host and port: a list of hosts is allowed here and is none of URI's business.
            URI uri = new URI(url.substring(url.indexOf(':') + 1));
            String authority = uri.getRawAuthority();
            if (authority == null) {
                throw new IllegalArgumentException("a database URL names a host");
            }
            int at = authority.lastIndexOf('@');
            String hosts = authority.substring(at + 1);
            String query = uri.getRawQuery();
            String jdbc = "jdbc:postgresql://" + hosts + uri.getRawPath() + (query == null ? "" : "?" + query);
            if (at < 0) {
                return new DatabaseUrl(jdbc, null, null);
            }
            String account = authority.substring(0, at);
            int colon = account.indexOf(':');
            return colon < 0
                    ? new DatabaseUrl(jdbc, decoded(account), null)
                    : new DatabaseUrl(
                            jdbc, decoded(account.substring(0, colon)), decoded(account.substring(colon + 1)));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("a database URL that can't be read: " + e.getReason());
        }
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return jdbc;
    }
}
