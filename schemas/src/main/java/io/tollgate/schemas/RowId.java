package io.tollgate.schemas;

import java.util.HexFormat;

/** A row's identity where the record's key has parts that may be null, which no primary key may have. */
public final class RowId {
    private static final int BYTES = 16;

    private RowId() {}

    /** First 16 bytes of SHA-256 over the record's key, as PostgreSQL reads a uuid. */
    public static String of(byte[] key) {
        return HexFormat.of().formatHex(EventHash.sha256(key), 0, BYTES);
    }
}
