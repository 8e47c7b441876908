package io.tollgate.gateway.admin;

import io.tollgate.avro.ApiKey;
import io.tollgate.avro.OldSecret;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a key's secrets stays in force beside the newest. Pure; times are epoch µs. */
final class KeySecrets {
    /** More than anybody rotates within a week. */
    private static final int MOST = 10;

    private KeySecrets() {}

    /**
     * The old secrets of a key that gets another, the newest first. None of them outlasts {@code until}: whoever rotates
     * without an overlap has the new one alone in force.
     *
     * @param until exclusive
     */
    static List<OldSecret> rotated(ApiKey key, long now, long until) {
        List<OldSecret> old = new ArrayList<>();
        old.add(new OldSecret(key.getSecretSha256(), until));
        for (OldSecret older : key.getOldSecrets()) {
            old.add(new OldSecret(older.getSecretSha256(), Math.min(older.getExpiresAt(), until)));
        }
        return old.stream()
                .filter(secret -> secret.getExpiresAt() > now)
                .limit(MOST)
                .toList();
    }

    /** When the last of the old ones ends; null where there is none, or the key is revoked and they with it. */
    static @Nullable Long oldUntil(ApiKey key) {
        return key.getRevokedAt() != null
                ? null
                : key.getOldSecrets().stream()
                        .map(OldSecret::getExpiresAt)
                        .max(Long::compare)
                        .orElse(null);
    }
}
