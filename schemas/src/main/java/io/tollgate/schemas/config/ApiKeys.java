package io.tollgate.schemas.config;

import io.tollgate.avro.ApiKey;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who a secret belongs to, from {@code config.keys}. Secrets are looked up by their SHA-256 and the hashes compared in
 * constant time: what an attacker can time is the hash of a guess, which tells nothing of the secret.
 */
public final class ApiKeys implements AutoCloseable {
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(ApiKeys::newDigest);
    private static final KeyCheck UNKNOWN = new KeyCheck.Unknown();

    private final Map<ByteBuffer, ApiKey> bySecret = new ConcurrentHashMap<>();
    private final ConfigTable<ApiKey> table;

    /** Begins to read the keys. */
    public ApiKeys(KafkaCluster kafka, AvroCodec<ApiKey> codec) {
        this.table = ConfigTable.start(Topics.CONFIG_KEYS, kafka, codec, new BySecret(bySecret));
    }

    /** The table behind it: by key id. */
    public ConfigTable<ApiKey> table() {
        return table;
    }

    /** What the secret is at a moment: a key is in force until its expiry or its revocation, exclusive. */
    public KeyCheck check(String secret, Instant now) {
        byte[] hash = hash(secret);
        ApiKey key = bySecret.get(ByteBuffer.wrap(hash));
        if (key == null || !MessageDigest.isEqual(hash, bytes(key.getSecretSha256()))) {
            return UNKNOWN;
        }
        long nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        if (isPast(key.getRevokedAt(), nowMicros)) {
            return new KeyCheck.Revoked(key);
        }
        return isPast(key.getExpiresAt(), nowMicros) ? new KeyCheck.Expired(key) : new KeyCheck.Valid(key);
    }

    /** What is kept of a secret. */
    public static byte[] hash(String secret) {
        return SHA_256.get().digest(secret.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        table.close();
    }

    private static boolean isPast(@Nullable Long at, long now) {
        return at != null && at <= now;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** The new secret goes in before the old one goes out, so that a change of labels never has a gap. */
    private record BySecret(Map<ByteBuffer, ApiKey> index) implements ConfigTable.Listener<ApiKey> {
        @Override
        public void changed(@Nullable ApiKey before, @Nullable ApiKey after) {
            if (after != null) {
                index.put(ByteBuffer.wrap(bytes(after.getSecretSha256())), after);
            }
            if (before != null && (after == null || !before.getSecretSha256().equals(after.getSecretSha256()))) {
                index.remove(ByteBuffer.wrap(bytes(before.getSecretSha256())));
            }
        }
    }
}
