package io.tollgate.gateway.admin;

import io.tollgate.avro.ApiKey;
import java.time.Clock;
import java.util.EnumSet;

/** What a key is good for at a moment: the first of these that holds. */
enum KeyState {
    REVOKED,
    EXPIRED,
    BLOCKED,
    ACTIVE;

    /** @param now epoch µs */
    static KeyState of(ApiKey key, long now) {
        if (key.getRevokedAt() != null) {
            return REVOKED;
        }
        if (key.getExpiresAt() != null && key.getExpiresAt() <= now) {
            return EXPIRED;
        }
        return key.getBlocked() ? BLOCKED : ACTIVE;
    }

    /** {@code state=active}. */
    static Filter<ApiKey> filter(Clock clock) {
        return Filter.value("state", EnumSet.allOf(KeyState.class), key -> of(key, Times.micros(clock)));
    }
}
