package io.tollgate.schemas.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is: {@code jdbc:postgresql://host/db}, or the form that platforms put into {@code DATABASE_URL},
 * {@code postgresql://user:password@host:5432/db?sslmode=require} ({@code postgres://} too). Its parameters are the
 * driver's, {@code sslmode} and {@code sslrootcert} say; those that libpq spells in another way are translated.
 *
 * @param jdbc without user and password
 */
public record DatabaseUrl(String jdbc, @Nullable String user, @Nullable String password) {
    private static final String JDBC = "jdbc:postgresql:";

    /** libpq's names for what the driver would pass over in silence. */
    private static final Map<String, String> LIBPQ = Map.of(
            "channel_binding", "channelBinding",
            "require_auth", "requireAuth",
            "connect_timeout", "connectTimeout",
            "application_name", "ApplicationName");

    /** In the driver a URL wins over what a program asks for, and these are what reads and writes rest on. */
    private static final Map<String, String> NOT_HERE = Map.of(
            "currentSchema", "set tollgate.schema",
            "options", "it is the services' own",
            "socketFactory", "it is the services' own");

    /**
     * Reads either form.
     *
     * @throws IllegalArgumentException if it is neither; the message names no password
     */
    public static DatabaseUrl parse(String url) {
        if (url.startsWith(JDBC)) {
            return withParameters(url, null, null);
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
            String jdbc = JDBC + "//" + hosts + uri.getRawPath() + (query == null ? "" : "?" + query);
            if (at < 0) {
                return withParameters(jdbc, null, null);
            }
            String account = authority.substring(0, at);
            int colon = account.indexOf(':');
            return colon < 0
                    ? withParameters(jdbc, decoded(account), null)
                    : withParameters(jdbc, decoded(account.substring(0, colon)), decoded(account.substring(colon + 1)));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("a database URL that can't be read: " + e.getReason());
        }
    }

    /** Takes user and password out of the parameters, where the driver would let them win over all others. */
    private static DatabaseUrl withParameters(String url, @Nullable String user, @Nullable String password) {
        int mark = url.indexOf('?');
        if (mark < 0) {
            return new DatabaseUrl(url, user, password);
        }
        String ownUser = user;
        String ownPassword = password;
        List<String> kept = new ArrayList<>();
        for (String parameter : url.substring(mark + 1).split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            String value = equals < 0 ? "" : parameter.substring(equals + 1);
            switch (name) {
                case "user" -> ownUser = decoded(value);
                case "password" -> ownPassword = decoded(value);
                default -> kept.add(translated(name, value));
            }
        }
        String query = kept.isEmpty() ? "" : "?" + String.join("&", kept);
        return new DatabaseUrl(url.substring(0, mark) + query, ownUser, ownPassword);
    }

    private static String translated(String name, String value) {
        String refusal = NOT_HERE.get(name);
        if (refusal != null) {
            throw new IllegalArgumentException("a database URL can't set " + name + ": " + refusal);
        }
        if (name.equals("sslrootcert") && value.equals("system")) {
            return "sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory";
        }
        return LIBPQ.getOrDefault(name, name) + (value.isEmpty() ? "" : "=" + value);
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Without the password, and without the parameters, of which one may be the password of a key. */
    @Override
    public String toString() {
        int mark = jdbc.indexOf('?');
        return mark < 0 ? jdbc : jdbc.substring(0, mark);
    }
}
