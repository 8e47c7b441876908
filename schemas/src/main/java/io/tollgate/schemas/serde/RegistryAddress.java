package io.tollgate.schemas.serde;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where the schema registry is, and as whom it is asked.
 *
 * @param url base of its Confluent API, {@code https://host/apis/ccompat/v7} say, without a user
 * @param user for basic authentication; null: nobody in particular
 * @param ca file of PEM certificates of who has signed the registry's; null: who Java trusts
 */
public record RegistryAddress(String url, @Nullable String user, @Nullable String password, @Nullable Path ca) {

    /** A registry that anybody may ask, or has its user in the URL. */
    public static RegistryAddress at(String url) {
        return of(url, null, null, null);
    }

    /**
     * As settings say it.
     *
     * @param url may hold a user and password, {@code https://user:password@host/…}, percent-encoded
     * @param user wins over the URL's
     * @param password wins over the URL's
     * @throws IllegalArgumentException if that is not the address of a registry; no password is named
     */
    public static RegistryAddress of(String url, @Nullable String user, @Nullable String password, @Nullable Path ca) {
        URI uri = parsed(url);
        String account = uri.getRawUserInfo();
        String plain = account == null ? url : url.replaceFirst("//[^/@]*@", "//");
        int colon = account == null ? -1 : account.indexOf(':');
        String ownUser = account == null || colon < 0 ? account : account.substring(0, colon);
        String ownPassword = account == null || colon < 0 ? null : account.substring(colon + 1);
        return new RegistryAddress(
                plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain,
                user == null ? decoded(ownUser) : user,
                password == null ? decoded(ownPassword) : password,
                ca);
    }

    public RegistryAddress {
        require(
                (user == null) == (password == null),
                "a registry's user and password come together"
                        + " (tollgate.registry-user, tollgate.registry-password)");
        require(user == null || user.indexOf(':') < 0, "tollgate.registry-user can't have a colon");
        require(ca == null || Files.isReadable(ca), "tollgate.registry-ca is no file that can be read: " + ca);
    }

    /** The header's value that says who asks. */
    @Nullable
    String authorization() {
        return user == null
                ? null
                : "Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static URI parsed(String url) {
        try {
            URI uri = new URI(url);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            require(web && uri.getHost() != null, "tollgate.registry must be a URL, http://… or https://…");
            return uri;
        } catch (URISyntaxException e) {
            // Its own message has the whole URL, and a password with it.
            throw new IllegalArgumentException("tollgate.registry is a URL that can't be read: " + e.getReason());
        }
    }

    private static @Nullable String decoded(@Nullable String part) {
        return part == null ? null : URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return url;
    }
}
