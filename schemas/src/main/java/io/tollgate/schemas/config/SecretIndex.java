package io.tollgate.schemas.config;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records by the SHA-256 of each secret that they hold. The hashes are compared in constant time: what an attacker can
 * time is the hash of a guess, which tells nothing of the secret.
 */
final class SecretIndex<V extends SpecificRecord> implements ConfigTable.Listener<V> {
    private final Map<ByteBuffer, V> records = new ConcurrentHashMap<>();
    private final Function<V, List<ByteBuffer>> hashes;

    /** @param hashes of a record's secrets, also of those that have ended */
    SecretIndex(Function<V, List<ByteBuffer>> hashes) {
        this.hashes = hashes;
    }

    @Nullable
    V find(byte[] hash) {
        V found = records.get(ByteBuffer.wrap(hash));
        return found != null && hashes.apply(found).stream().anyMatch(known -> isEqual(known, hash)) ? found : null;
    }

    static boolean isEqual(ByteBuffer known, byte[] hash) {
        return MessageDigest.isEqual(bytes(known), hash);
    }

    /** What comes goes in before what goes is taken out, so that a change of labels never has a gap. */
    @Override
    public void changed(@Nullable V before, @Nullable V after) {
        Set<ByteBuffer> kept = after == null ? Set.of() : new HashSet<>(hashes.apply(after));
        if (after != null) {
            kept.forEach(hash -> records.put(ByteBuffer.wrap(bytes(hash)), after));
        }
        if (before != null) {
            hashes.apply(before).stream().filter(hash -> !kept.contains(hash)).forEach(records::remove);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
