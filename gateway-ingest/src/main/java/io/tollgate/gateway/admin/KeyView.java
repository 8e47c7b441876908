package io.tollgate.gateway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tollgate.avro.ApiKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key as JSON.
 *
 * @param secret only in the answer that makes it
 * @param oldSecretUntil one from before a rotation is taken too until then
 */
record KeyView(
        String id,
        String prefix,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret,
        String company,
        @Nullable String user,
        String name,
        List<String> scopes,
        List<String> models,
        @Nullable String expiresAt,
        @Nullable String oldSecretUntil,
        boolean blocked,
        @Nullable String revokedAt,
        Map<String, String> labels,
        Map<String, String> metadata,
        long version,
        String createdAt,
        String updatedAt) {

    static KeyView of(ApiKey key) {
        return of(key, null);
    }

    static KeyView of(ApiKey key, @Nullable String secret) {
        return new KeyView(
                key.getId(),
                key.getPrefix(),
                secret,
                key.getCompany(),
                key.getUser(),
                key.getName(),
                key.getScopes(),
                key.getModels(),
                Times.textOrNull(key.getExpiresAt()),
                Times.textOrNull(KeySecrets.oldUntil(key)),
                key.getBlocked(),
                Times.textOrNull(key.getRevokedAt()),
                key.getLabels(),
                key.getMetadata(),
                key.getVersion(),
                Times.text(key.getCreatedAt()),
                Times.text(key.getUpdatedAt()));
    }
}
