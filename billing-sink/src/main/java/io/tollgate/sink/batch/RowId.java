package io.tollgate.sink.batch;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A row's identity where the record's key has parts that may be null, which no primary key may have. */
public final class RowId {
    private static final int BYTES = 16;

    private RowId() {}

    /** First 16 bytes of SHA-256 over the record's key, as PostgreSQL reads a uuid. */
    public static String of(byte[] key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
