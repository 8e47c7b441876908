package io.tollgate.sink.text;

/** A value that PostgreSQL would never take. Final, like an SQLSTATE of class 22. */
public final class UnstorableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnstorableException(String message) {
        super(message);
    }
}
