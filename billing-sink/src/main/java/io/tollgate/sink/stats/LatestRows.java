package io.tollgate.sink.stats;

import io.tollgate.avro.UsageStats;
import io.tollgate.sink.batch.Received;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Of each row in a batch the newest version, in the order of row ids. One statement can't touch a row twice, and two
 * writers that lock rows in the same order can't deadlock.
 */
final class LatestRows {
    private static final int ID_BYTES = 16;

    private final MessageDigest sha256;
    private final TreeMap<String, UsageStats> byId = new TreeMap<>();

    LatestRows() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    void add(Received<UsageStats> row) {
        UsageStats stats = row.value();
        byId.merge(id(row.origin().key()), stats, LatestRows::newer);
    }

    /** Rows by id, in the order of ids. */
    SortedMap<String, UsageStats> rows() {
        return byId;
    }

    private static UsageStats newer(UsageStats kept, UsageStats next) {
        return next.getVersion() >= kept.getVersion() ? next : kept;
    }

    /** First 16 bytes of SHA-256 over the record's key, as PostgreSQL reads a uuid. */
    String id(byte[] key) {
        return HexFormat.of().formatHex(sha256.digest(key), 0, ID_BYTES);
    }
}
