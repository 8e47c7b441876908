package io.tollgate.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.ApiKey;
import io.tollgate.avro.OldSecret;
import io.tollgate.schemas.serde.AvroGuards;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApiKeysTest {
    private static final long NOW = 1_000_000;

    static {
        AvroGuards.set();
    }

    private final SecretIndex<ApiKey> index = new SecretIndex<>(ApiKeys::hashes);

    @Test
    void anOldSecretIsTakenUntilItsEnd() {
        ApiKey key = key("new", old("old", NOW + 1));
        assertThat(check(key, "new", NOW)).isInstanceOf(KeyCheck.Valid.class);
        assertThat(check(key, "old", NOW)).isInstanceOf(KeyCheck.Valid.class);
        assertThat(check(key, "old", NOW + 1)).isInstanceOf(KeyCheck.Expired.class);
        assertThat(check(key, "new", NOW + 1)).isInstanceOf(KeyCheck.Valid.class);
    }

    @Test
    void theKeysOwnEndIsTheEndOfItsOldSecretsToo() {
        ApiKey key = key("new", old("old", NOW + 9));
        key.setExpiresAt(NOW);
        assertThat(check(key, "old", NOW - 1)).isInstanceOf(KeyCheck.Valid.class);
        assertThat(check(key, "old", NOW)).isInstanceOf(KeyCheck.Expired.class);
        key.setRevokedAt(NOW - 1);
        assertThat(check(key, "old", NOW - 1)).isInstanceOf(KeyCheck.Revoked.class);
        assertThat(check(key, "new", NOW - 1)).isInstanceOf(KeyCheck.Revoked.class);
    }

    @Test
    void aRotationLeavesTheOldSecretsThatItKeepsAndTakesOutTheOthers() {
        ApiKey first = key("a");
        ApiKey second = key("b", old("a", NOW));
        ApiKey third = key("c", old("b", NOW));
        index.changed(null, first);
        assertThat(found("a")).isSameAs(first);
        index.changed(first, second);
        assertThat(found("a")).isSameAs(second);
        assertThat(found("b")).isSameAs(second);
        index.changed(second, third);
        assertThat(found("a")).isNull();
        assertThat(found("b")).isSameAs(third);
        assertThat(found("c")).isSameAs(third);
        index.changed(third, null);
        assertThat(found("b")).isNull();
        assertThat(found("c")).isNull();
    }

    @Test
    void anotherKeyIsNotTouched() {
        ApiKey other = key("other");
        index.changed(null, other);
        index.changed(key("a"), key("b"));
        assertThat(found("other")).isSameAs(other);
        assertThat(found("a")).isNull();
        assertThat(found("none")).isNull();
    }

    private @Nullable ApiKey found(String secret) {
        return index.find(ApiKeys.hash(secret));
    }

    private static KeyCheck check(ApiKey key, String secret, long micros) {
        return ApiKeys.check(key, ApiKeys.hash(secret), Instant.EPOCH.plusNanos(micros * 1_000));
    }

    private static OldSecret old(String secret, long expiresAt) {
        return new OldSecret(ByteBuffer.wrap(ApiKeys.hash(secret)), expiresAt);
    }

    private static ApiKey key(String secret, OldSecret... old) {
        return ApiKey.newBuilder()
                .setId("key_1")
                .setCompany("acme")
                .setName("n")
                .setPrefix("tg_")
                .setSecretSha256(ByteBuffer.wrap(ApiKeys.hash(secret)))
                .setOldSecrets(List.of(old))
                .setScopes(List.of("ingest"))
                .setVersion(1)
                .setCreatedAt(0)
                .setUpdatedAt(0)
                .build();
    }
}
