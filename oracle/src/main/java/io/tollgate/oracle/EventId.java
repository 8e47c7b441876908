package io.tollgate.oracle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Identity of an event: the first 16 bytes of SHA-256 over company, source and id, each behind its length in four bytes.
 */
record EventId(long high, long low) {
    static final int LENGTH = 16;

    static EventId of(String company, String source, String id) {
        MessageDigest sha = sha256();
        for (String part : new String[] {company, source, id}) {
            byte[] text = part.getBytes(StandardCharsets.UTF_8);
            sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, text.length));
            sha.update(text);
        }
        return of(sha.digest());
    }

    /** Of the first bytes. */
    static EventId of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new EventId(in.getLong(), in.getLong());
    }

    static EventId of(UUID uuid) {
        return new EventId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    /** Which of {@code passes} parts the event is in: by its last byte, as the database's queries ask it, too. */
    int pass(int passes) {
        return (int) (low & 0xff) % passes;
    }

    @Override
    public String toString() {
        return new UUID(high, low).toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
