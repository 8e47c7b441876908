package io.tollgate.usageapi.export.file;

/** What a column's cells hold. All come as text. */
public enum CellType {
    TEXT,
    /** {@code 2026-11-21}. */
    DATE,
    /** {@code 2026-11-21T09:30:00.000000Z}, always in UTC and to the microsecond. */
    TIME,
    /** A whole number that fits into 64 bits. */
    INTEGER,
    /** {@code true} or {@code false}. */
    TRUTH,
    /** An exact decimal, plainly written. */
    AMOUNT,
    JSON
}
