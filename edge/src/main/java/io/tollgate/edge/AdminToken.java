package io.tollgate.edge;

import io.tollgate.schemas.config.ApiKeys;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The admin token that a service is configured with, kept as its hash. Without one nobody has it. Hashes are compared, in
 * constant time: how long it takes tells nothing of the token, nor of its length.
 */
public final class AdminToken {
    private final byte @Nullable [] hash;

    /** @param configured null or blank: there is none */
    public AdminToken(@Nullable String configured) {
        this.hash = configured == null || configured.isBlank() ? null : ApiKeys.hash(configured);
    }

    public boolean isConfigured() {
        return hash != null;
    }

    /** Whether this is the token. */
    public boolean is(@Nullable String secret) {
        return hash != null && secret != null && MessageDigest.isEqual(hash, ApiKeys.hash(secret));
    }
}
