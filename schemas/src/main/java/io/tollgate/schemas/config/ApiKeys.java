package io.tollgate.schemas.config;

import io.tollgate.avro.ApiKey;
import io.tollgate.avro.OldSecret;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who a secret belongs to, from {@code config.keys}. */
public final class ApiKeys implements AutoCloseable {
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(ApiKeys::newDigest);
    private static final KeyCheck UNKNOWN = new KeyCheck.Unknown();

    private final SecretIndex<ApiKey> bySecret = new SecretIndex<>(ApiKeys::hashes);
    private final ConfigTable<ApiKey> table;

    /** Begins to read the keys. */
    public ApiKeys(KafkaCluster kafka, AvroCodec<ApiKey> codec) {
        this.table = ConfigTable.start(Topics.CONFIG_KEYS, kafka, codec, bySecret);
    }

    /** The table behind it: by key id. */
    public ConfigTable<ApiKey> table() {
        return table;
    }

    /** What the secret is at a moment. */
    public KeyCheck check(String secret, Instant now) {
        byte[] hash = hash(secret);
        ApiKey key = bySecret.find(hash);
        return key == null ? UNKNOWN : check(key, hash, now);
    }

    /**
     * What a secret of the key's is at a moment: it is in force until the key's expiry or revocation, and one from before a
     * rotation until its own end, all exclusive.
     */
    static KeyCheck check(ApiKey key, byte[] hash, Instant now) {
        long nowMicros = micros(now);
        if (isPast(key.getRevokedAt(), nowMicros)) {
            return new KeyCheck.Revoked(key);
        }
        return isPast(key.getExpiresAt(), nowMicros) || !isTaken(key, hash, nowMicros)
                ? new KeyCheck.Expired(key)
                : new KeyCheck.Valid(key);
    }

    /** What is kept of a secret. */
    public static byte[] hash(String secret) {
        return SHA_256.get().digest(secret.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        table.close();
    }

    /** Whether a moment that may not be set has come. Epoch µs. */
    static boolean isPast(@Nullable Long at, long now) {
        return at != null && at <= now;
    }

    static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    static List<ByteBuffer> hashes(ApiKey key) {
        List<ByteBuffer> hashes = new ArrayList<>(1 + key.getOldSecrets().size());
        hashes.add(key.getSecretSha256());
        key.getOldSecrets().forEach(old -> hashes.add(old.getSecretSha256()));
        return hashes;
    }

    private static boolean isTaken(ApiKey key, byte[] hash, long now) {
        if (SecretIndex.isEqual(key.getSecretSha256(), hash)) {
            return true;
        }
        for (OldSecret old : key.getOldSecrets()) {
            if (!isPast(old.getExpiresAt(), now) && SecretIndex.isEqual(old.getSecretSha256(), hash)) {
                return true;
            }
        }
        return false;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
