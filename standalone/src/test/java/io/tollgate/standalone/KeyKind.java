package io.tollgate.standalone;

import java.util.Locale;

/** What a caller may hold: a column of the table in docs/tenants.md. */
enum KeyKind {
    NONE,
    MALFORMED,
    UNKNOWN,
    REVOKED,
    EXPIRED,
    /** Of a company that was deleted. */
    GONE,
    INGEST,
    CORRECT,
    ADMISSION,
    READ,
    /** With every scope, of another company. */
    OTHER,
    /** With every scope, of one user. */
    BOUND,
    /** With every scope. */
    BLOCKED,
    /** With every scope. */
    ALL,
    /** The admin token. */
    TOKEN,
    /** A named administrator of this role, as the next two. */
    AUDITOR,
    OPERATOR,
    ADMIN;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
