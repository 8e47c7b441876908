package io.tollgate.schemas;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Identity of an event: 128 bits of SHA-256 over the length-prefixed (company, source, id), and the record key of
 * everything that is said about the event. Length prefixes keep ("a-b", "c") and ("a", "b-c") apart. Client time is no
 * part of it: a retry with another timestamp is still the same event.
 */
public final class EventHash {
    /** Bytes of a hash. */
    public static final int LENGTH = 16;

    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(EventHash::newDigest);

    private EventHash() {}

    /** The 16 bytes that name event ({@code source}, {@code id}) of {@code company}. */
    public static byte[] of(String company, String source, String id) {
        return Arrays.copyOf(sha256(CompositeKey.of(company, source, id)), LENGTH);
    }

    /** 32 bytes of SHA-256. */
    public static byte[] sha256(byte[] bytes) {
        return SHA_256.get().digest(bytes);
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
