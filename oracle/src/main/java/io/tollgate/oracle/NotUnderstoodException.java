package io.tollgate.oracle;

/** A record needs a rule that the oracle does not know. What it can't recompute it must not call right. */
final class NotUnderstoodException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotUnderstoodException(String what) {
        super(what);
    }
}
